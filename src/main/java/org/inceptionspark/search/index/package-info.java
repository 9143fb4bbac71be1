/**
 * An inverted-file index over quantised embeddings, and its maintenance. Begin with {@code
 * UpdateIndex}.
 */
package org.inceptionspark.search.index;
