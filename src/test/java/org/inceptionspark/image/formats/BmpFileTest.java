package org.inceptionspark.image.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bitmaps of all depths, masks and run lengths, written here; the rules are Pillow's. */
class BmpFileTest {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_PICTURE = 1;
  private static final int SKIP = 2;
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.IGNORE, 1_000_000);

  private static byte[] rgb(byte[] file) throws ImageException {
    return DECODER.decode(file).pixels().rgb();
  }

  private static void assertCorrupt(byte[] file) {
    assertThatThrownBy(() -> DECODER.decode(file))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.kind()).as("%s", e).isEqualTo(Kind.CORRUPT));
  }

  /** Header, what follows it (masks or palette), rows. */
  private static byte[] bmp(
      int width, int height, int bits, int compression, byte[] between, byte[] rows) {
    ByteBuffer file = ByteBuffer.allocate(54 + between.length + rows.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'B').put((byte) 'M');
    file.putInt(file.capacity()).putInt(0).putInt(54 + between.length).putInt(40);
    file.putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    file.putInt(compression).position(54);
    return file.put(between).put(rows).array();
  }

  private static byte[] palette(int bits) {
    byte[] palette = new byte[4 << bits];
    new java.util.Random(bits).nextBytes(palette);
    return palette;
  }

  /** The picture of these numbers, the lowest row first. */
  private static byte[] coloured(int[] numbers, int width, byte[] palette) {
    byte[] rgb = new byte[3 * numbers.length];
    int height = numbers.length / width;
    for (int i = 0; i < numbers.length; i++) {
      int at = 3 * ((height - 1 - i / width) * width + i % width);
      for (int channel = 0; channel < 3; channel++) {
        rgb[at + channel] = palette[4 * numbers[i] + 2 - channel];
      }
    }
    return rgb;
  }

  /** A picture as run lengths of all kinds, and its numbers. */
  private record Runs(int width, int[] numbers, byte[] rows) {
    static Runs random(int bits, SplittableRandom random) {
      int width = 1 + random.nextInt(30);
      int height = 1 + random.nextInt(9);
      int[] numbers = new int[width * height];
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      for (int y = 0; y < height; y++) {
        int x = 0;
        while (x < width) {
          x += run(bits, random, numbers, y * width + x, width - x, rows);
        }
        if (y < height - 1) {
          rows.write(0);
          rows.write(END_OF_ROW);
        }
      }
      rows.write(0);
      rows.write(END_OF_PICTURE);
      return new Runs(width, numbers, rows.toByteArray());
    }

    /** The pixels of one run: the same again and again, or as they are, or left out. */
    private static int run(
        int bits,
        SplittableRandom random,
        int[] numbers,
        int at,
        int left,
        ByteArrayOutputStream to) {
      int most = 1 << bits;
      int count = 1 + random.nextInt(left);
      if (random.nextInt(5) == 0 && count < left) {
        to.writeBytes(new byte[] {0, SKIP, (byte) count, 0});
        return count;
      }
      boolean repeats = count < 3 || random.nextBoolean();
      int[] two = {random.nextInt(most), random.nextInt(most)};
      int[] values = new int[count + 4];
      for (int i = 0; i < count; i++) {
        values[i] = repeats ? two[bits == 8 ? 0 : i % 2] : random.nextInt(most);
        numbers[at + i] = values[i];
      }
      to.write(repeats ? count : 0);
      to.write(!repeats ? count : bits == 8 ? two[0] : two[0] << 4 | two[1]);
      int octets = bits == 8 ? count : (count + 1) / 2;
      for (int i = 0; i < octets + octets % 2 && !repeats; i++) {
        to.write(bits == 8 ? values[i] : values[2 * i] << 4 | values[2 * i + 1]);
      }
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void runLengths(int bits) throws ImageException {
    SplittableRandom random = new SplittableRandom(bits);
    byte[] palette = palette(bits);
    int compression = bits == 8 ? 1 : 2;
    for (int i = 0; i < 300; i++) {
      Runs runs = Runs.random(bits, random);
      int height = runs.numbers.length / runs.width;
      byte[] file = bmp(runs.width, height, bits, compression, palette, runs.rows);
      assertThat(rgb(file)).isEqualTo(coloured(runs.numbers, runs.width, palette));
      int rowsAt = 54 + palette.length;
      int cut = rowsAt + random.nextInt(runs.rows.length - 3); // before the last, maybe a pad
      assertCorrupt(Arrays.copyOf(file, cut));
    }
  }

  @Test
  void runsThatDoNotFitAreDamage() throws ImageException {
    byte[] palette = palette(8);
    byte[] blue = {9, 1};
    assertThat(rgb(bmp(9, 1, 8, 1, palette, blue))).hasSize(27);
    assertThat(rgb(bmp(7, 1, 8, 1, palette, new byte[] {8, 1}))).hasSize(21); // padded to 32 bits
    assertCorrupt(bmp(7, 2, 8, 1, palette, new byte[] {9, 1, 0, 0, 7, 1}));
    assertCorrupt(bmp(9, 2, 8, 1, palette, new byte[] {9, 1, 0, END_OF_PICTURE}));
    assertCorrupt(bmp(9, 2, 8, 1, palette, new byte[] {0, SKIP, 10, 0, 0, 0, 9, 1}));
    assertCorrupt(bmp(9, 2, 8, 1, palette, new byte[] {0, SKIP, 0, 2, 9, 1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void palettes(int bits) throws ImageException {
    byte[] palette = palette(bits);
    for (int width = 1; width <= 33; width++) {
      int rowBytes = (width * bits + 31) / 32 * 4;
      byte[] rows = new byte[3 * rowBytes];
      new java.util.Random(width).nextBytes(rows);
      int[] numbers = new int[3 * width];
      for (int i = 0; i < numbers.length; i++) {
        int bit = i % width * bits;
        int octet = rows[i / width * rowBytes + bit / 8] & 0xff;
        numbers[i] = octet >> (8 - bits - bit % 8) & (1 << bits) - 1;
      }
      byte[] file = bmp(width, 3, bits, 0, palette, rows);
      assertThat(rgb(file)).isEqualTo(coloured(numbers, width, palette));
      int used = (width * bits + 7) / 8;
      int end = file.length - rowBytes + used;
      assertThat(rgb(Arrays.copyOf(file, end))).isEqualTo(rgb(file));
      assertCorrupt(Arrays.copyOf(file, end - 1));
    }
  }

  /** Colours that the palette lacks are black, whatever stands behind it. */
  @Test
  void shortPalettes() throws ImageException {
    byte[] palette = {1, 2, 3, 0};
    byte[] file = bmp(4, 1, 8, 0, palette, new byte[] {0, 1, (byte) 200, 0});
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(46, 1);
    assertThat(rgb(file)).containsExactly(3, 2, 1, 0, 0, 0, 0, 0, 0, 3, 2, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "16, f800, 7e0, 1f",
    "16, 7c00, 3e0, 1f",
    "16, f00, f0, f",
    "16, 1f, 7e0, f800",
    "24, ff0000, ff00, ff",
    "32, ff, ff00, ff0000",
    "32, ff000000, ff0000, ff00",
    "32, 3ff00000, ffc00, 3ff",
    "32, 0, ff00, ff",
    "32, ffffffff, 1, 0"
  })
  void bitFields(int bits, String red, String green, String blue) throws ImageException {
    int[] masks = new int[3];
    ByteBuffer stored = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 3; i++) {
      masks[i] = Integer.parseUnsignedInt(new String[] {red, green, blue}[i], 16);
      stored.putInt(masks[i]);
    }
    byte[] rows = new byte[4 * bits / 8];
    new java.util.Random(bits).nextBytes(rows);
    byte[] rgb = rgb(bmp(4, 1, bits, 3, stored.array(), rows));
    for (int i = 0; i < rgb.length; i++) {
      long pixel = 0;
      for (int octet = bits / 8 - 1; octet >= 0; octet--) {
        pixel = pixel << 8 | rows[i / 3 * bits / 8 + octet] & 0xff;
      }
      long mask = masks[i % 3] & 0xffffffffL;
      double share = mask == 0 ? 0 : (double) (pixel & mask) / mask;
      assertThat(rgb[i] & 0xff).isBetween((int) (255 * share) - 1, (int) (255 * share) + 1);
    }
  }

  @Test
  void whatIsNotReadIsNamed() {
    byte[] gaps = {0, 5, 0, 0, (byte) 0xe0, 0, 0, 0, 0x1f, 0, 0, 0};
    assertThatThrownBy(() -> DECODER.decode(bmp(2, 1, 16, 3, gaps, new byte[4])))
        .hasMessage("BMP: bit field 500 with gaps");
    assertThatThrownBy(() -> DECODER.decode(bmp(2, 1, 4, 1, palette(4), new byte[4])))
        .hasMessage("BMP: compression 1 of 4 bits a pixel");
  }
}
