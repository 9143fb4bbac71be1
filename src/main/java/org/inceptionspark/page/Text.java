package org.inceptionspark.page;

/** A paragraph. */
public record Text(String text) implements Block {}
