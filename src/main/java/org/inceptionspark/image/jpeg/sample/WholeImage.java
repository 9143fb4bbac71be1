package org.inceptionspark.image.jpeg.sample;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.inceptionspark.image.core.RgbImage;

/** All pixels, as bytes of red, green, blue. */
public final class WholeImage implements PixelSink {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private final LaneMath math;
  private final StripLayout layout;
  private final byte[] rgb;

  /** Whether an MCU's row of pixels fills whole words. */
  private final boolean isPacked;

  /** Words of four bytes in an MCU's row of pixels. */
  private final int words;

  public WholeImage(LaneMath math, StripLayout layout) {
    this.math = math;
    this.layout = layout;
    this.rgb = new byte[Math.multiplyExact(3 * layout.width, layout.height)];
    this.isPacked = layout.mcuWidth % 4 == 0;
    this.words = 3 * layout.mcuWidth / 4;
  }

  @Override
  public boolean needs(int row) {
    return true;
  }

  @Override
  public void prepare(int[] pixels, int from, int lanes) {
    for (int x = 0; isPacked && x < layout.mcuWidth; x += 4) {
      math.pack(pixels, layout.row(x) + from, layout.step, lanes);
    }
  }

  @Override
  public void row(int row, int[] pixels, int lane) {
    int start = 3 * row * layout.width;
    int whole = isPacked ? layout.width / layout.mcuWidth : 0;
    for (int word = 0; word < words && whole > 0; word += 2) {
      int from = wordAt(word) + lane;
      int next = word + 1 < words ? wordAt(word + 1) + lane : -1;
      words(pixels, from, next, whole, start + 4 * word);
    }
    for (int at = 3 * whole * layout.mcuWidth; at < 3 * layout.width; at++) {
      rgb[start + at] = (byte) byteAt(pixels, lane, at);
    }
  }

  private int wordAt(int word) {
    return layout.row(word / 3 * 4 + word % 3);
  }

  /** One or two words of each MCU. */
  private void words(int[] pixels, int first, int second, int count, int to) {
    int at = to;
    for (int i = 0; i < count; i++) {
      if (second < 0) {
        INT.set(rgb, at, pixels[first + i]);
      } else {
        LONG.set(rgb, at, (pixels[first + i] & 0xffffffffL) | (long) pixels[second + i] << 32);
      }
      at += 4 * words;
    }
  }

  private int byteAt(int[] pixels, int lane, int at) {
    int mcu = at / (3 * layout.mcuWidth);
    int inMcu = at % (3 * layout.mcuWidth);
    if (!isPacked) {
      return pixels[layout.row(inMcu / 3) + lane + mcu] >> 8 * (inMcu % 3);
    }
    int word = inMcu / 4;
    return pixels[wordAt(word) + lane + mcu] >> 8 * (inMcu % 4);
  }

  /** The pixels, when complete. */
  public RgbImage image() {
    return new RgbImage(layout.width, layout.height, rgb);
  }
}
