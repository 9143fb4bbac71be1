/** A JPEG's segments and scans to coefficients. Begin with {@code JpegParser}. */
package org.inceptionspark.image.jpeg.scan;
