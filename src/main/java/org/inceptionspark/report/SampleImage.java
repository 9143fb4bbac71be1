package org.inceptionspark.report;

/** An image that the page shows, with its most probable label. */
record SampleImage(String path, int index, String label, float probability) {}
