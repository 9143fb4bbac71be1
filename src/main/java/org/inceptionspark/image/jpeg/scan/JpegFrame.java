package org.inceptionspark.image.jpeg.scan;

import java.util.List;

/**
 * A JPEG's frame header (ISO/IEC 10918-1, B.2.2).
 *
 * @param isProgressive whether coefficients come in several scans (SOF2)
 * @param maxH the largest horizontal sampling factor
 * @param maxV the largest vertical one
 */
public record JpegFrame(
    int width,
    int height,
    boolean isProgressive,
    int maxH,
    int maxV,
    List<JpegComponent> components) {

  /** Sides of a block in samples. */
  public static final int BLOCK = 8;

  /** The frame of components whose sizes in blocks follow from all of them. */
  public static JpegFrame of(
      int width, int height, boolean isProgressive, List<JpegComponent> stored) {
    List<JpegComponent> components = stored;
    if (stored.size() == 1) { // sampling factors are relative, so they mean nothing here
      JpegComponent only = stored.get(0);
      components = List.of(new JpegComponent(only.id(), 1, 1, only.quantizer(), 0, 0));
    }
    int maxH = components.stream().mapToInt(JpegComponent::h).max().orElseThrow();
    int maxV = components.stream().mapToInt(JpegComponent::v).max().orElseThrow();
    List<JpegComponent> sized =
        components.stream()
            .map(
                c ->
                    new JpegComponent(
                        c.id(),
                        c.h(),
                        c.v(),
                        c.quantizer(),
                        ceilDiv((long) width * c.h(), BLOCK * maxH),
                        ceilDiv((long) height * c.v(), BLOCK * maxV)))
            .toList();
    return new JpegFrame(width, height, isProgressive, maxH, maxV, sized);
  }

  /** Minimum coded units in a row of the picture. */
  public int mcusAcross() {
    return ceilDiv(width, BLOCK * maxH);
  }

  public int mcusDown() {
    return ceilDiv(height, BLOCK * maxV);
  }

  public static int ceilDiv(long dividend, int divisor) {
    return (int) ((dividend + divisor - 1) / divisor);
  }
}
