package org.inceptionspark.weights.names;

/**
 * One variable of the network and where a file has it.
 *
 * @param stored the file's name
 * @param variable TF-Slim's name
 */
public record Binding(String stored, String variable, Layout layout) {}
