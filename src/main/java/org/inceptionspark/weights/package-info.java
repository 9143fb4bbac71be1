/**
 * Weight files of every kind to a model with TF-Slim's names: {@link
 * org.inceptionspark.weights.ModelWeights} is what the rest of the project uses, {@link
 * org.inceptionspark.weights.WeightsOpener} recognises formats. Each format has a subpackage.
 */
package org.inceptionspark.weights;
