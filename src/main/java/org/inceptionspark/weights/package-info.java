/**
 * Weight files of every kind to a model with TF-Slim's names: {@link
 * org.inceptionspark.weights.ModelWeights} is what the rest of the project uses, {@link
 * org.inceptionspark.weights.WeightsOpener} tells formats apart. A room within for each format.
 */
package org.inceptionspark.weights;
