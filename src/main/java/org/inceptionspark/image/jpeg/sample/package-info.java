/**
 * Coefficients to samples and samples to pixels, many MCUs at once. Begin with {@code StripOutput}.
 */
package org.inceptionspark.image.jpeg.sample;
