/**
 * Reads a table's embeddings page by page, and single rows by file and position. Begin with {@code
 * EmbeddingScan}.
 */
package org.inceptionspark.search.scan;
