/**
 * Comparing embeddings: products on {@code float[]}, scalar and vector side by side. Begin with
 * {@code Products}.
 */
package org.inceptionspark.embedding;
