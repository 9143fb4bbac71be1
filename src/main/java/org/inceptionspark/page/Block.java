package org.inceptionspark.page;

/** A part of a section. */
public sealed interface Block permits Bars, Cards, Facts, Figure, Scatter, Table, Text, Trend {}
