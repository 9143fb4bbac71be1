/**
 * The arithmetic on {@code float[]}: matrix product, stores, pools. A scalar implementation to
 * read, a Vector API implementation to run, the same bits from both. Uses no other package of this
 * project; nothing here allocates, logs or checks in its loops.
 */
package org.inceptionspark.kernels;
