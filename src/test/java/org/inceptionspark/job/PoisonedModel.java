package org.inceptionspark.job;

import java.io.IOException;
import java.lang.reflect.Field;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.SampledImage;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * The tiny model, in a labelling that fails on pictures of certain widths, as bugs of ours or of a
 * native library would.
 */
final class PoisonedModel implements Preprocessing {
  private static final long serialVersionUID = 1L;

  /** What a picture does to the process that labels it. */
  enum Effect {
    THROWS,
    OVERFLOWS_THE_STACK,
    /** The JVM is gone at once, without a hook, as after a crash of native code. */
    HALTS;

    /** A good picture for everybody else. */
    byte[] picture() throws IOException {
      return PoisonImage.png(width(), 40);
    }

    private int width() {
      return 410 + ordinal(); // no picture of the self-check is as wide
    }
  }

  private final Preprocessing real;

  private PoisonedModel(Preprocessing real) {
    this.real = real;
  }

  /** Of the same fingerprint as the plain one. */
  static LabelerSpec of(LabelerSpec spec) {
    try {
      Field field = LabelerSpec.class.getDeclaredField("preprocessing");
      field.setAccessible(true);
      field.set(spec, new PoisonedModel(spec.preprocessing()));
      return spec;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public PixelGrid reads(int imageHeight, int imageWidth, int height, int width) {
    return real.reads(imageHeight, imageWidth, height, width);
  }

  @Override
  public void apply(SampledImage image, int height, int width, float[] target, int offset) {
    if (image.width() == Effect.THROWS.width()) {
      throw new IllegalStateException("taken badly");
    } else if (image.width() == Effect.OVERFLOWS_THE_STACK.width()) {
      deeper(0);
    } else if (image.width() == Effect.HALTS.width()) {
      Runtime.getRuntime().halt(134);
    }
    real.apply(image, height, width, target, offset);
  }

  @SuppressWarnings("InfiniteRecursion") // that is its purpose
  private static int deeper(int level) {
    return deeper(level + 1) + 1;
  }
}
