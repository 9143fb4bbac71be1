package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * Luma and two chroma channels of eight bits (TIFF 6.0, sections 20 and 21), by libtiff's fixed
 * point.
 */
final class TiffYcbcr implements TiffColours {
  private static final double[] REC_601 = {0.299, 0.587, 0.114};
  private static final double[] FULL_RANGE = {0, 255, 128, 255, 128, 255};

  private final int[] luma = new int[256];
  private final int[] redOfCr = new int[256];
  private final int[] greenOfCr = new int[256];
  private final int[] greenOfCb = new int[256];
  private final int[] blueOfCb = new int[256];

  TiffYcbcr(TiffDirectory directory) throws ImageException {
    double[] weights = directory.fractions(TiffDirectory.YCBCR_COEFFICIENTS, REC_601);
    double[] range = directory.fractions(TiffDirectory.REFERENCE_BLACK_WHITE, FULL_RANGE);
    requireSense(weights, range);
    double red = 2 - 2 * weights[0];
    double blue = 2 - 2 * weights[2];
    int ofRed = fixed(red);
    int ofBlue = fixed(blue);
    int redInGreen = fixed(weights[0] * red / weights[1]);
    int blueInGreen = fixed(weights[2] * blue / weights[1]);
    for (int i = 0; i < 256; i++) {
      int cb = scaled(i, range[2], range[3], 127);
      int cr = scaled(i, range[4], range[5], 127);
      luma[i] = scaled(i, range[0], range[1], 255);
      redOfCr[i] = (ofRed * cr + 32768) >> 16;
      greenOfCr[i] = -redInGreen * cr;
      greenOfCb[i] = -blueInGreen * cb + 32768;
      blueOfCb[i] = (ofBlue * cb + 32768) >> 16;
    }
  }

  private static void requireSense(double[] weights, double[] range) throws ImageException {
    boolean sensible = true;
    for (double weight : weights) {
      sensible &= weight > 0 && weight < 1;
    }
    for (int i = 0; i < range.length; i += 2) {
      sensible &= range[i] >= 0 && range[i] < range[i + 1] && range[i + 1] <= 255;
    }
    if (!sensible) {
      throw ImageException.corrupt(
          ImageFormat.TIFF, "YCbCr coefficients or reference levels make no colours");
    }
  }

  private static int fixed(double value) {
    return (int) (value * 65536 + 0.5);
  }

  private static int scaled(int code, double black, double white, int range) {
    float value = (code - (int) black) * (float) range / (float) ((int) white - (int) black);
    return (int) Math.max(-1024, Math.min(1024, value));
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    int out = at;
    for (int i = 0, in = 0; i < pixels; i++, in += step) {
      int y = luma[samples[in]];
      int cb = samples[in + 1];
      int cr = samples[in + 2];
      rgb[out++] = clamp(y + redOfCr[cr]);
      rgb[out++] = clamp(y + ((greenOfCb[cb] + greenOfCr[cr]) >> 16));
      rgb[out++] = clamp(y + blueOfCb[cb]);
    }
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
