package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;

/**
 * PNG by the JDK's reader, after a check of the chunks that the reader does not make: checksums are
 * compared, and only the chunks with pixels are passed on, so that no text or profile is ever
 * inflated.
 */
public final class PngFile implements ImageFile {
  private static final int SIGNATURE = 8;
  private static final int IHDR = 13;
  private static final int INDEXED = 3;

  /** Bytes of the largest allowed palette. */
  private static final int MOST_COLOURS = 3 * 256;

  private final ByteArrayOutputStream chunks;
  private int width;
  private int height;
  private int paletteEntries;
  private final PngMetadata metadata = new PngMetadata();

  private PngFile(EncodedBytes bytes) {
    this.chunks = new ByteArrayOutputStream(bytes.length());
    chunks.write(bytes.array(), 0, SIGNATURE);
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    PngFile file = new PngFile(bytes);
    long position = SIGNATURE;
    String type;
    do {
      long length = bytes.uint32(position, BIG_ENDIAN);
      bytes.require(position, 12 + length);
      type = bytes.ascii(position + 4, 4);
      file.chunk(bytes, type, (int) position, (int) length);
      position += 12 + length;
    } while (!type.equals("IEND"));
    return file;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int orientation() {
    return metadata.orientation();
  }

  @Override
  public RgbImage pixels() throws IOException, ImageException {
    return Reader.PNG.use(
        chunks.toByteArray(),
        ImageFormat.PNG,
        warning -> false,
        reader -> RasterRgb.of(reader.read(0)));
  }

  private void chunk(EncodedBytes bytes, String type, int position, int length)
      throws ImageException {
    if (type.equals("CgBI")) {
      throw ImageException.unsupported(ImageFormat.PNG, "Apple's CgBI variant");
    }
    if (width == 0 && !type.equals("IHDR")) {
      throw ImageException.corrupt(ImageFormat.PNG, "begins with " + type + " instead of IHDR");
    }
    switch (type) {
      case "IHDR" -> header(bytes, position, length);
      case "PLTE" -> palette(bytes, position, length);
      case "IDAT", "IEND" -> keep(bytes, type, position, length);
      case "eXIf" -> metadata.chunk(type, data(bytes, position, length));
      case "tEXt", "zTXt", "iTXt" -> {
        if (PngMetadata.tells(bytes.ascii(position + 8L, Math.min(length, 32)))) {
          metadata.chunk(type, data(bytes, position, length));
        }
      }
      default -> {
        if (Character.isUpperCase(type.charAt(0))) {
          throw ImageException.corrupt(ImageFormat.PNG, "unknown chunk " + type);
        }
      }
    }
  }

  private void header(EncodedBytes bytes, int position, int length) throws ImageException {
    if (length != IHDR || width != 0) {
      throw ImageException.corrupt(ImageFormat.PNG, "IHDR of " + length + " bytes at " + position);
    }
    keep(bytes, "IHDR", position, length);
    width = size(bytes.uint32(position + 8, BIG_ENDIAN));
    height = size(bytes.uint32(position + 12, BIG_ENDIAN));
    boolean indexed = bytes.uint8(position + 17L) == INDEXED;
    paletteEntries = indexed ? 1 << Math.min(bytes.uint8(position + 16L), 8) : 0;
  }

  /**
   * A palette of exactly as many colours as a pixel can index: the reader refuses more, and repeats
   * the last one where there are fewer, while other decoders use black. In a picture without
   * indices, the palette is only a suggestion for displays.
   */
  private void palette(EncodedBytes bytes, int position, int length) throws ImageException {
    verify(bytes, "PLTE", position, length);
    boolean whole = length % 3 == 0 && length > 0 && length <= MOST_COLOURS;
    if (paletteEntries > 0) {
      byte[] colours = data(bytes, position, length);
      write("PLTE", whole ? Arrays.copyOf(colours, paletteEntries * 3) : colours);
    }
  }

  private void write(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(data.length + 12);
    chunk.putInt(data.length).put(type.getBytes(ISO_8859_1)).put(data);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, data.length + 4);
    chunk.putInt((int) checksum.getValue());
    chunks.writeBytes(chunk.array());
  }

  private static byte[] data(EncodedBytes bytes, int position, int length) {
    return Arrays.copyOfRange(bytes.array(), position + 8, position + 8 + length);
  }

  private static int size(long pixels) throws ImageException {
    if (pixels < 1 || pixels > Integer.MAX_VALUE) {
      throw ImageException.corrupt(ImageFormat.PNG, "a side of " + pixels + " pixels");
    }
    return (int) pixels;
  }

  private void keep(EncodedBytes bytes, String type, int position, int length)
      throws ImageException {
    verify(bytes, type, position, length);
    chunks.write(bytes.array(), position, length + 12);
  }

  private static void verify(EncodedBytes bytes, String type, int position, int length)
      throws ImageException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array(), position + 4, length + 4);
    if (checksum.getValue() != bytes.uint32(position + 8L + length, BIG_ENDIAN)) {
      throw ImageException.corrupt(
          ImageFormat.PNG, "checksum of chunk " + type + " at " + position + " is wrong");
    }
  }
}
