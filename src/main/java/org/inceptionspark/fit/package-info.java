/**
 * Fits models to embeddings: softmax regression and k-means whose results do not depend on native
 * libraries, cores, partitions or vector width. Begin with {@code FixedPoint}, which makes this so.
 */
package org.inceptionspark.fit;
