/** Numbers and their shape: NHWC activations, HWIO kernels, vectors. No arithmetic lives here. */
package org.inceptionspark.tensor;
