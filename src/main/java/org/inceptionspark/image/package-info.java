/**
 * Bytes of a picture to upright RGB and to the network's input, by {@link
 * org.inceptionspark.image.ImageDecoder}. A room within for formats and preprocessing. No picture
 * leaves anything behind: no file, no state.
 */
package org.inceptionspark.image;
