package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.ByteArrayOutputStream;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;

/**
 * The first frame of a GIF on its logical screen, black around it. The JDK's reader gives the bare
 * frame and does not notice data that ends early; the format is small enough to read here.
 */
public final class GifFile implements ImageFile {
  private static final int SCREEN_DESCRIPTOR_END = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int HAS_PALETTE = 0x80;
  private static final int INTERLACED = 0x40;

  private final EncodedBytes bytes;
  private final int screenWidth;
  private final int screenHeight;
  private final int globalPalette;
  private final int descriptor;

  private GifFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.screenWidth = bytes.uint16(6, LITTLE_ENDIAN);
    this.screenHeight = bytes.uint16(8, LITTLE_ENDIAN);
    this.globalPalette = bytes.uint8(10);
    this.descriptor = firstImage();
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new GifFile(bytes);
  }

  /** The screen, or more where the frame reaches beyond it. */
  @Override
  public int width() {
    return Math.max(screenWidth, left() + frameWidth());
  }

  @Override
  public int height() {
    return Math.max(screenHeight, top() + frameHeight());
  }

  @Override
  public int orientation() {
    return ExifOrientation.UPRIGHT;
  }

  @Override
  public RgbImage pixels() throws ImageException {
    int flags = field(8, 1);
    boolean local = (flags & HAS_PALETTE) != 0;
    if (!local && (globalPalette & HAS_PALETTE) == 0) {
      throw ImageException.corrupt(ImageFormat.GIF, "no palette");
    }
    int palette = local ? descriptor + 9 : SCREEN_DESCRIPTOR_END;
    int colours = 2 << ((local ? flags : globalPalette) & 7);
    bytes.require(palette, 3L * colours);
    int data = descriptor + 9 + (local ? 3 * colours : 0);
    int codeSize = bytes.uint8(data);
    byte[] indices = GifLzw.decode(subBlocks(data + 1), codeSize, frameWidth() * frameHeight());
    return onScreen(indices, palette, colours, (flags & INTERLACED) != 0);
  }

  private RgbImage onScreen(byte[] indices, int palette, int colours, boolean interlaced) {
    int width = width();
    byte[] rgb = new byte[width * height() * 3];
    int[] rows = interlaced ? interlacedRows(frameHeight()) : null;
    int in = 0;
    for (int i = 0; i < frameHeight(); i++) {
      int row = top() + (interlaced ? rows[i] : i);
      int out = 3 * (row * width + left());
      for (int x = 0; x < frameWidth(); x++, out += 3) {
        int index = indices[in++] & 0xff;
        if (index < colours) {
          System.arraycopy(bytes.array(), palette + 3 * index, rgb, out, 3);
        }
      }
    }
    return new RgbImage(width, height(), rgb);
  }

  /** The order in which rows are stored: every 8th, those between, every other, the rest. */
  private static int[] interlacedRows(int height) {
    int[] rows = new int[height];
    int[] starts = {0, 4, 2, 1};
    int[] steps = {8, 8, 4, 2};
    int next = 0;
    for (int pass = 0; pass < starts.length; pass++) {
      for (int row = starts[pass]; row < height; row += steps[pass]) {
        rows[next++] = row;
      }
    }
    return rows;
  }

  /** Just after the first image separator. */
  private int firstImage() throws ImageException {
    boolean global = (globalPalette & HAS_PALETTE) != 0;
    int position = SCREEN_DESCRIPTOR_END + (global ? 3 * (2 << (globalPalette & 7)) : 0);
    while (bytes.uint8(position) == EXTENSION) {
      position = skipSubBlocks(position + 2);
    }
    if (bytes.uint8(position) != IMAGE) {
      throw ImageException.corrupt(ImageFormat.GIF, "no frame at " + position);
    }
    bytes.require(position, 10);
    return position + 1;
  }

  private int skipSubBlocks(int from) throws ImageException {
    int position = from;
    int length;
    do {
      length = bytes.uint8(position);
      bytes.require(position, 1L + length);
      position += 1 + length;
    } while (length > 0);
    return position;
  }

  private byte[] subBlocks(int from) throws ImageException {
    ByteArrayOutputStream data = new ByteArrayOutputStream(skipSubBlocks(from) - from);
    int position = from;
    int length;
    while ((length = bytes.uint8(position)) > 0) {
      data.write(bytes.array(), position + 1, length);
      position += 1 + length;
    }
    return data.toByteArray();
  }

  private int left() {
    return field(0, 2);
  }

  private int top() {
    return field(2, 2);
  }

  private int frameWidth() {
    return field(4, 2);
  }

  private int frameHeight() {
    return field(6, 2);
  }

  /** A field of the image descriptor, whose presence has been checked. */
  private int field(int offset, int length) {
    byte[] array = bytes.array();
    int low = array[descriptor + offset] & 0xff;
    return length == 1 ? low : low | (array[descriptor + offset + 1] & 0xff) << 8;
  }
}
