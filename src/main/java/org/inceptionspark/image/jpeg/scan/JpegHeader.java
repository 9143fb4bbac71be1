package org.inceptionspark.image.jpeg.scan;

import java.util.List;
import org.inceptionspark.image.core.JpegColours;

/**
 * What a JPEG's segments say.
 *
 * @param orientation from the first EXIF segment, 1 to 8
 * @param steps of each component, what its coefficients are multiplied by, in zigzag order; null
 *     for one that no scan has
 */
public record JpegHeader(
    JpegFrame frame,
    JpegColours colours,
    int orientation,
    List<JpegScan> scans,
    List<int[]> steps) {}
