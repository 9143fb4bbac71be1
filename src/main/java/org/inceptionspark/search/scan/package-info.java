/**
 * Reads the table's embeddings page by page, and a row by its file and position. Begin with {@code
 * EmbeddingScan}.
 */
package org.inceptionspark.search.scan;
