package org.inceptionspark.image.tiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A TIFF to be made: its picture's samples are known before there is a file.
 *
 * @param samples row by row, those of a pixel side by side; as large as the depth allows, or a
 *     random 32 bits
 */
record TiffCase(
    Model model, int bits, Layout layout, Packing packing, int width, int height, int[] samples) {

  /** Colour models with the samples of a pixel. */
  enum Model {
    WHITE_IS_ZERO(0, 1, "grey"),
    BLACK_IS_ZERO(1, 1, "grey"),
    GREY_ALPHA(1, 2, "grey"),
    RGB(2, 3, "RGB"),
    RGB_ALPHA(2, 4, "RGB"),
    PALETTE(3, 1, "palette"),
    CMYK(5, 4, "CMYK"),
    CMYK_ALPHA(5, 5, "CMYK"),
    YCBCR(6, 3, "YCbCr"),
    LAB(8, 3, "CIE Lab");

    final int photometric;
    final int samples;
    final String title;

    Model(int photometric, int samples, String title) {
      this.photometric = photometric;
      this.samples = samples;
      this.title = title;
    }
  }

  /** Tiles of 16 x 16 or strips of seven rows. */
  record Layout(boolean isPlanar, boolean isTiled, boolean isLittleEndian) {
    static List<Layout> all() {
      List<Layout> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(new Layout((i & 1) != 0, (i & 2) != 0, (i & 4) != 0));
      }
      return all;
    }
  }

  enum Packing {
    NONE(1, 1),
    LZW(5, 1),
    LZW_OLD(5, 1),
    LZW_PREDICTED(5, 2),
    DEFLATE(8, 1),
    DEFLATE_ADOBE_PREDICTED(32946, 2),
    PACK_BITS(32773, 1);

    final int tag;
    final int predictor;

    Packing(int tag, int predictor) {
      this.tag = tag;
      this.predictor = predictor;
    }
  }

  /** Random runs, so that there is something to pack. */
  static TiffCase random(Model model, int bits, Layout layout, Packing packing, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = 1 + random.nextInt(24);
    int height = 1 + random.nextInt(20);
    int[] samples = new int[width * height * model.samples];
    for (int i = 0; i < samples.length; i++) {
      boolean repeats = i >= model.samples && random.nextInt(3) != 0;
      samples[i] = repeats ? samples[i - model.samples] : random.nextInt() >>> 1 >>> (31 - bits);
    }
    return new TiffCase(model, bits, layout, packing, width, height, samples);
  }

  /** Entries of the palette: reds, greens, blues, each a permutation of what 16 bits can say. */
  static int paletteEntry(int channel, int index) {
    return (index * 40503 + channel * 21845 + 12345) & 0xffff;
  }

  /** The colour of a pixel by the definition of its model, not rounded. */
  double[] rgb(int pixel) {
    // Inks of 16 bits are multiplied by their high bytes.
    int shift = model.photometric == 5 && bits == 16 ? 8 : 0;
    double[] share = new double[model.samples];
    for (int i = 0; i < share.length; i++) {
      int sample = samples[pixel * share.length + i];
      share[i] = (double) (sample >> shift) / ((1 << (bits - shift)) - 1);
    }
    return switch (model) {
      case WHITE_IS_ZERO -> grey(1 - share[0]);
      case BLACK_IS_ZERO, GREY_ALPHA -> grey(share[0]);
      case RGB, RGB_ALPHA -> new double[] {255 * share[0], 255 * share[1], 255 * share[2]};
      case CMYK, CMYK_ALPHA -> {
        double light = 255 * (1 - share[3]);
        yield new double[] {light * (1 - share[0]), light * (1 - share[1]), light * (1 - share[2])};
      }
      case PALETTE -> {
        double[] colour = new double[3];
        for (int i = 0; i < 3; i++) {
          colour[i] = paletteEntry(i, samples[pixel]) / 257.0;
        }
        yield colour;
      }
      case YCBCR -> {
        double y = 255 * share[0];
        double cb = 255 * share[1] - 128;
        double cr = 255 * share[2] - 128;
        // ITU-R BT.601, as in JFIF
        yield new double[] {y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb};
      }
      case LAB -> throw new IllegalStateException("Lab is not read");
    };
  }

  private static double[] grey(double share) {
    return new double[] {255 * share, 255 * share, 255 * share};
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %d bits %s %s %dx%d", model, bits, layout, packing, width, height);
  }
}
