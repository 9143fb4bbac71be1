/** The initialisers and nodes of an ONNX graph. Begin with {@code OnnxFile}. */
package org.inceptionspark.weights.onnx;
