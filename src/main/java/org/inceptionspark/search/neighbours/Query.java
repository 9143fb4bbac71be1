package org.inceptionspark.search.neighbours;

/**
 * What a search starts from.
 *
 * @param name path or URI, as given
 * @param model fingerprint of the model that made the embedding
 * @param embedding the prelogits
 */
public record Query(String name, String model, float[] embedding) {}
