package org.inceptionspark.image.jpeg.scan;

import java.util.List;
import org.inceptionspark.image.core.JpegColours;

/**
 * The contents of a JPEG's segments.
 *
 * @param orientation from the first EXIF segment, 1 to 8
 * @param steps for each component, the factors of its coefficients, in zigzag order; null for one
 *     that is in no scan
 */
public record JpegHeader(
    JpegFrame frame,
    JpegColours colours,
    int orientation,
    List<JpegScan> scans,
    List<int[]> steps) {}
