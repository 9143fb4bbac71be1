/**
 * JPEG bytes to RGB: to coefficients in {@code scan}, from these to pixels in {@code sample}. Begin
 * with {@code JpegFile}.
 */
package org.inceptionspark.image.jpeg;
