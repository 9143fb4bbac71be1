/**
 * What a model is beyond its numbers: family, widths, pools, head, and the fingerprint of all of
 * it. Begin with {@code NetworkVariant}.
 */
package org.inceptionspark.weights.model;
