/**
 * RGB to the network's input, as each family of models was trained. Begin with {@code
 * Preprocessing}.
 */
package org.inceptionspark.image.preprocess;
