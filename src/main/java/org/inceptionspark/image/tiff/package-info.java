/**
 * TIFF and BigTIFF bytes to RGB: strips or tiles are unpacked row by row into samples, which a
 * colour model turns into RGB. Begin with {@code TiffFile}.
 */
package org.inceptionspark.image.tiff;
