/**
 * Weight files of every kind to named tensors, and names of other worlds to TF-Slim's.
 *
 * <p>{@link org.inceptionspark.weights.ModelWeights} is what the rest of the project uses; {@link
 * org.inceptionspark.weights.WeightsFile} shows a file as it is stored. Readers are
 * package-private, trust no length or name in a file, and run nothing. Knows only {@code tensor}.
 */
package org.inceptionspark.weights;
