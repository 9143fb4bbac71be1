/**
 * A weight file as it is stored, whatever its format: bytes, stored tensors, types, archives.
 * Trusts no length or name in a file, and runs nothing. Begin with {@code WeightsFile}.
 */
package org.inceptionspark.weights.file;
