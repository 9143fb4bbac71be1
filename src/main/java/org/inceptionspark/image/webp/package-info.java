/** WebP bytes to RGB. Begin with {@code WebpFile}. */
package org.inceptionspark.image.webp;
