package org.inceptionspark.image.jpeg.scan;

/**
 * One component of a JPEG's frame.
 *
 * @param id that scans refer to it by
 * @param h horizontal sampling factor, 1 to 4
 * @param v vertical sampling factor, 1 to 4
 * @param quantizer number of its quantization table
 * @param blocksAcross blocks of 8 x 8 samples that the picture needs
 * @param blocksDown the same
 */
public record JpegComponent(
    int id, int h, int v, int quantizer, int blocksAcross, int blocksDown) {}
