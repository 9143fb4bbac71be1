/**
 * Bytes of a picture to upright RGB, and RGB to the network's input. The only package that may use
 * {@code javax.imageio} and {@code java.awt}. No picture leaves anything behind: no file, no state.
 */
package org.inceptionspark.image;
