/**
 * Bytes of a picture to upright RGB and to the network's input, by {@link
 * org.inceptionspark.image.ImageDecoder}. Formats and preprocessing have packages of their own.
 * Decoding leaves no file and no state.
 */
package org.inceptionspark.image;
