/**
 * Running a graph: batch norm folded, weights packed, buffers planned, and the steps that a stream
 * takes. A network is immutable and shared; a stream has the scratch and belongs to one thread.
 */
package org.inceptionspark.nn.run;
