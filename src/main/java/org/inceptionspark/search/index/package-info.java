/**
 * An inverted-file index over quantised embeddings, and its upkeep. Begin with {@code UpdateIndex}.
 */
package org.inceptionspark.search.index;
