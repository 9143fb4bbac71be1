/**
 * What every decoder shares: pixels, formats recognised by their first bytes, bounds and errors.
 * Begin with {@code RgbImage} and {@code ImageFile}.
 */
package org.inceptionspark.image.core;
