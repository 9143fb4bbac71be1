package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.COLOR_MAP;
import static org.inceptionspark.image.tiff.TiffDirectory.EXTRA_SAMPLES;
import static org.inceptionspark.image.tiff.TiffDirectory.INK_SET;
import static org.inceptionspark.image.tiff.TiffDirectory.SAMPLE_FORMAT;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** The colour models of the photometric tag, supported or not. */
enum TiffModel {
  WHITE_IS_ZERO(0, "grey"),
  BLACK_IS_ZERO(1, "grey"),
  RGB(2, "RGB"),
  PALETTE(3, "palette"),
  MASK(4, "transparency mask"),
  CMYK(5, "CMYK"),
  YCBCR(6, "YCbCr"),
  CIE_LAB(8, "CIE Lab"),
  ICC_LAB(9, "ICC Lab"),
  ITU_LAB(10, "ITU Lab"),
  FILTER_ARRAY(32803, "colour filter array"),
  LOG_L(32844, "LogL"),
  LOG_LUV(32845, "LogLuv"),
  LINEAR_RAW(34892, "linear raw"),
  UNKNOWN(-1, "unknown colours");

  private static final int MOST_BITS = 16;
  private static final int CMYK_INKS = 1;
  private static final int ASSOCIATED_ALPHA = 1;

  private final int tag;
  private final String title;

  TiffModel(int tag, String title) {
    this.tag = tag;
    this.title = title;
  }

  /** The model of a page; where the tag is missing, the one that libtiff assumes. */
  static TiffModel of(TiffDirectory directory, TiffLayout layout) throws ImageException {
    long tag = directory.value(TiffDirectory.PHOTOMETRIC, guess(directory, layout).tag);
    for (TiffModel model : values()) {
      if (model.tag == tag) {
        return model;
      }
    }
    return UNKNOWN;
  }

  private static TiffModel guess(TiffDirectory directory, TiffLayout layout) throws ImageException {
    long compression = directory.value(TiffDirectory.COMPRESSION, 1);
    boolean isFax = compression >= 2 && compression <= 4;
    if (layout.samples() >= 3) {
      return RGB;
    }
    return isFax ? WHITE_IS_ZERO : BLACK_IS_ZERO;
  }

  /** The page's colours, or UNSUPPORTED_FORMAT with depth and model. */
  TiffColours colours(TiffDirectory directory, TiffLayout layout) throws ImageException {
    int bits = layout.bits();
    boolean isRead = bits >= 1 && bits <= MOST_BITS && areUnsigned(directory);
    TiffColours colours = isRead ? read(directory, bits) : null;
    if (colours != null && colours.channels() < layout.samples() && hasAssociatedAlpha(directory)) {
      colours = new TiffAssociatedAlpha(colours, bits);
    }
    if (colours == null || colours.channels() > layout.samples()) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, described(layout) + format(directory) + " is not read");
    }
    return colours;
  }

  private TiffColours read(TiffDirectory directory, int bits) throws ImageException {
    return switch (this) {
      case WHITE_IS_ZERO -> TiffGrey.whiteIsZero(bits);
      case BLACK_IS_ZERO -> TiffGrey.blackIsZero(bits);
      case RGB -> new TiffRgb(bits);
      case PALETTE -> palette(directory, bits);
      case CMYK -> directory.value(INK_SET, CMYK_INKS) == CMYK_INKS ? new TiffInks(bits) : null;
      case YCBCR -> {
        if (bits != 8) {
          yield null;
        }
        yield directory.isJpeg() ? new TiffRgb(bits) : new TiffYcbcr(directory);
      }
      default -> null;
    };
  }

  /** Inks, and what is not linear in light, are left as they are. */
  private boolean hasAssociatedAlpha(TiffDirectory directory) throws ImageException {
    boolean isLight = this == BLACK_IS_ZERO || this == RGB;
    return isLight && directory.value(EXTRA_SAMPLES, 0) == ASSOCIATED_ALPHA;
  }

  private static TiffColours palette(TiffDirectory directory, int bits) throws ImageException {
    long[] map = directory.values(COLOR_MAP);
    if (map.length < 3) {
      throw ImageException.corrupt(ImageFormat.TIFF, "no colour map");
    }
    return new TiffPalette(bits, map);
  }

  /** Unsigned integers; undefined samples are read as such too. */
  private static boolean areUnsigned(TiffDirectory directory) throws ImageException {
    for (long format : directory.values(SAMPLE_FORMAT)) {
      if (format != 1 && format != 4) {
        return false;
      }
    }
    return true;
  }

  String described(TiffLayout layout) {
    String depth = layout.bits() == 0 ? "different depths" : layout.bits() + " bits";
    return title + " of " + layout.samples() + " samples of " + depth;
  }

  private static String format(TiffDirectory directory) throws ImageException {
    return switch ((int) directory.value(SAMPLE_FORMAT, 1)) {
      case 1, 4 -> "";
      case 2 -> " (signed)";
      case 3 -> " (floating point)";
      default -> " (complex)";
    };
  }
}
