package org.inceptionspark.image;

/**
 * What is known of a picture whose pixels went straight into a network's input.
 *
 * @param width of the upright picture
 * @param height of the upright picture
 */
public record ImageSummary(String format, int width, int height) {}
