/** PNG, GIF and BMP bytes to RGB, each in a class of its own, such as {@code PngFile}. */
package org.inceptionspark.image.formats;
