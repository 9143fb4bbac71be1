/**
 * Networks as data: operations written in TF-Slim's words, and the graph they make with every shape
 * inferred. What runs a graph is in {@code nn.run}.
 */
package org.inceptionspark.nn;
