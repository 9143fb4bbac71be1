/** PNG, GIF and BMP bytes to RGB, a file for each. Begin with the format you came for. */
package org.inceptionspark.image.formats;
