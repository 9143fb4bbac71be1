package org.inceptionspark.image.webp;

import org.inceptionspark.image.core.RgbImage;

/**
 * A decoded VP8 key frame: luma at full size, two chroma planes at half. Turning it into RGB
 * smooths chroma as libwebp does: 9, 3, 3 and 1 sixteenths of the four samples around.
 */
final class Vp8Frame {
  final Vp8Plane luma;
  final Vp8Plane u;
  final Vp8Plane v;
  private final int width;
  private final int height;

  Vp8Frame(int width, int height) {
    this.width = width;
    this.height = height;
    this.luma = new Vp8Plane(16 * columns(), 16 * rows());
    this.u = new Vp8Plane(8 * columns(), 8 * rows());
    this.v = new Vp8Plane(8 * columns(), 8 * rows());
  }

  /** Macroblocks in a row. */
  int columns() {
    return (width + 15) / 16;
  }

  int rows() {
    return (height + 15) / 16;
  }

  RgbImage toRgb() {
    byte[] rgb = new byte[width * height * 3];
    int[] uRow = new int[width];
    int[] vRow = new int[width];
    int out = 0;
    for (int y = 0; y < height; y++) {
      chromaRow(u, y, uRow);
      chromaRow(v, y, vRow);
      int in = luma.at(0, y);
      for (int x = 0; x < width; x++, out += 3) {
        int scaled = (luma.samples[in + x] & 0xff) * 19077 >> 8;
        rgb[out] = clamp(scaled + (vRow[x] * 26149 >> 8) - 14234);
        rgb[out + 1] = clamp(scaled - (uRow[x] * 6419 >> 8) - (vRow[x] * 13320 >> 8) + 8708);
        rgb[out + 2] = clamp(scaled + (uRow[x] * 33050 >> 8) - 17685);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /** One row of chroma at full width, from the nearest row and the next nearest. */
  private void chromaRow(Vp8Plane plane, int y, int[] row) {
    byte[] samples = plane.samples;
    int last = (height + 1) / 2 - 1;
    int other = (y & 1) == 0 ? Math.max(0, y / 2 - 1) : Math.min(last, y / 2 + 1);
    int near = plane.at(0, y / 2);
    int far = plane.at(0, other);
    int nearLeft = samples[near] & 0xff;
    int farLeft = samples[far] & 0xff;
    row[0] = (3 * nearLeft + farLeft + 2) >> 2;
    for (int x = 1; x <= (width - 1) / 2; x++) {
      int nearRight = samples[near + x] & 0xff;
      int farRight = samples[far + x] & 0xff;
      int sum = nearLeft + nearRight + farLeft + farRight + 8;
      row[2 * x - 1] = (((sum + 2 * (nearRight + farLeft)) >> 3) + nearLeft) >> 1;
      row[2 * x] = (((sum + 2 * (nearLeft + farRight)) >> 3) + nearRight) >> 1;
      nearLeft = nearRight;
      farLeft = farRight;
    }
    if ((width & 1) == 0) {
      row[width - 1] = (3 * nearLeft + farLeft + 2) >> 2;
    }
  }

  /** Six bits of fraction. */
  private static byte clamp(int value) {
    return (byte) (value < 0 ? 0 : Math.min(value >> 6, 255));
  }
}
