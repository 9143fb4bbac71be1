package org.inceptionspark.image.jpeg;

import org.inceptionspark.image.core.JpegColours;

/**
 * What a JPEG's segments say.
 *
 * @param orientation from the first EXIF segment, 1 to 8
 * @param scans how many scans follow; each costs the decoder a pass over the picture
 * @param hasHuffmanTables false for motion-JPEG frames, which mean the standard tables
 * @param end just behind the end-of-image marker
 */
record JpegHeader(
    int width,
    int height,
    JpegColours colours,
    int orientation,
    int scans,
    boolean hasHuffmanTables,
    int end) {}
