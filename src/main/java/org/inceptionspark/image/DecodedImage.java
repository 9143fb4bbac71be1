package org.inceptionspark.image;

import org.inceptionspark.image.core.RgbImage;

/**
 * A decoded picture.
 *
 * @param pixels upright, unless the decoder ignores orientation
 * @param format {@code JPEG}, {@code PNG}, {@code GIF}, {@code BMP}, {@code TIFF} or {@code WEBP}
 */
public record DecodedImage(RgbImage pixels, String format) {}
