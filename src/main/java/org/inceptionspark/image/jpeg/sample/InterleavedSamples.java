package org.inceptionspark.image.jpeg.sample;

/** All samples, pixel by pixel, of one to four components. */
public final class InterleavedSamples implements PixelSink {
  private final StripLayout layout;
  private final int components;
  private final byte[] samples;

  public InterleavedSamples(StripLayout layout, int components) {
    this.layout = layout;
    this.components = components;
    this.samples =
        new byte[Math.multiplyExact(Math.multiplyExact(components, layout.width), layout.height)];
  }

  @Override
  public boolean needs(int row) {
    return true;
  }

  @Override
  public boolean wantsInks() {
    return true;
  }

  @Override
  public void prepare(int[] pixels, int from, int lanes) {}

  @Override
  public void row(int row, int[] pixels, int lane) {
    int at = row * layout.width * components;
    for (int x = 0; x < layout.width; x++) {
      int pixel = pixels[layout.row(x % layout.mcuWidth) + lane + x / layout.mcuWidth];
      for (int i = 0; i < components; i++) {
        samples[at++] = (byte) (pixel >> 8 * i);
      }
    }
  }

  /** {@code height x width x components} of them. */
  public byte[] samples() {
    return samples;
  }
}
