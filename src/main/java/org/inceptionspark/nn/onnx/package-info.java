/**
 * Writes a graph with its weights as an ONNX file, so that other engines can run the same network.
 */
package org.inceptionspark.nn.onnx;
