/**
 * TensorFlow: checkpoints of both versions, frozen graphs, TensorFlow.js. Begin with {@code
 * CheckpointV2}.
 */
package org.inceptionspark.weights.tensorflow;
