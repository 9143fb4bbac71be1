package org.inceptionspark.page;

/** Something that stands in a section. */
public sealed interface Block permits Bars, Cards, Facts, Figure, Scatter, Table, Text, Trend {}
