/**
 * JPEG bytes to RGB, in {@code scan} to coefficients, in {@code sample} to pixels. Begin with
 * {@code JpegFile}.
 */
package org.inceptionspark.image.jpeg;
