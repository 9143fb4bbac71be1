/** JPEG bytes to RGB. Begin with {@code JpegFile}. */
package org.inceptionspark.image.jpeg;
