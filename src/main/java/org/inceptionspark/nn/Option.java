package org.inceptionspark.nn;

/** What a line of a network table may state besides its name, channels and kernel. */
public sealed interface Option permits Padding, Stride {}
