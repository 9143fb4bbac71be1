/**
 * Pixels, formats told by their first bytes, bounds and errors: what every decoder of the rooms
 * beside it shares. Begin with {@code RgbImage} and {@code ImageFile}.
 */
package org.inceptionspark.image.core;
