package org.inceptionspark.labeler;

/**
 * Why an image has no labels.
 *
 * @param kind a name from a small fixed set, such as {@code CORRUPT}
 * @param message one line for people
 */
public record ImageError(String kind, String message) {}
