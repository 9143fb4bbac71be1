package org.inceptionspark.image.webp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.StoredOrientation;

/**
 * The first frame of a WebP, lossless by {@link Vp8lDecoder}, lossy by {@link Vp8Decoder}: only the
 * chunk with its pixels is used, not alpha, profiles or other frames.
 */
public final class WebpFile implements ImageFile {
  private static final int CHUNKS = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int VP8L_SIGNATURE = 0x2f;
  private static final String VP8_START_CODE = "\u009d\u0001*";
  private static final int SIZE_MASK = 0x3fff;

  private final EncodedBytes bytes;
  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private int picture;
  private int pictureLength;
  private int frameWidth;
  private int frameHeight;
  private final StoredOrientation orientation = new StoredOrientation();

  private WebpFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    long end = CHUNK_HEADER + bytes.uint32(4, LITTLE_ENDIAN);
    bytes.require(0, end);
    chunks(CHUNKS, end);
    if (picture == 0) {
      throw ImageException.corrupt(ImageFormat.WEBP, "no picture in " + end + " bytes");
    }
    frameSize();
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new WebpFile(bytes);
  }

  private void chunks(long from, long end) throws ImageException {
    long position = from;
    while (position + CHUNK_HEADER <= end) {
      long length = bytes.uint32(position + 4, LITTLE_ENDIAN);
      bytes.require(position, CHUNK_HEADER + length);
      chunk(bytes.ascii(position, 4), (int) position + CHUNK_HEADER, (int) length);
      position += CHUNK_HEADER + length + (length & 1);
    }
  }

  private void chunk(String type, int start, int length) throws ImageException {
    switch (type) {
      case "VP8X" -> {
        bytes.require(start, 10);
        canvasWidth = 1 + uint24(start + 4);
        canvasHeight = 1 + uint24(start + 7);
      }
      case "VP8 ", "VP8L" -> {
        if (picture == 0) {
          picture = start;
          pictureLength = length;
        }
      }
      case "ANMF" -> {
        if (picture == 0) {
          bytes.require(start, FRAME_HEADER);
          left = 2 * uint24(start);
          top = 2 * uint24(start + 3);
          chunks(start + FRAME_HEADER, (long) start + length);
        }
      }
      case "EXIF" -> orientation.exif(bytes.array(), start, length);
      case "XMP " -> orientation.xmp(bytes.ascii(start, length));
      default -> {}
    }
  }

  /**
   * The size of the frame that is read: both kinds of pixel data begin with it, in 14 bits each.
   */
  private void frameSize() throws ImageException {
    if (isLossless()) {
      if (bytes.uint8(picture) != VP8L_SIGNATURE) {
        throw ImageException.corrupt(ImageFormat.WEBP, "VP8L signature is wrong");
      }
      long sizes = bytes.uint32(picture + 1L, LITTLE_ENDIAN);
      frameWidth = 1 + (int) (sizes & SIZE_MASK);
      frameHeight = 1 + (int) (sizes >> 14 & SIZE_MASK);
    } else {
      if (!bytes.has(picture + 3L, VP8_START_CODE)) {
        throw ImageException.corrupt(ImageFormat.WEBP, "VP8 start code is wrong");
      }
      frameWidth = bytes.uint16(picture + 6L, LITTLE_ENDIAN) & SIZE_MASK;
      frameHeight = bytes.uint16(picture + 8L, LITTLE_ENDIAN) & SIZE_MASK;
    }
  }

  @Override
  public int width() {
    return Math.max(canvasWidth, left + frameWidth);
  }

  @Override
  public int height() {
    return Math.max(canvasHeight, top + frameHeight);
  }

  @Override
  public int orientation() {
    return orientation.value();
  }

  @Override
  public RgbImage pixels() throws ImageException {
    RgbImage frame =
        isLossless()
            ? Vp8lDecoder.decode(bytes, picture, pictureLength)
            : Vp8Decoder.decode(bytes, picture, pictureLength);
    return frame.width() == width() && frame.height() == height() ? frame : onCanvas(frame);
  }

  private boolean isLossless() {
    return bytes.has(picture - CHUNK_HEADER, "VP8L");
  }

  private RgbImage onCanvas(RgbImage frame) {
    byte[] rgb = new byte[width() * height() * 3];
    int row = 3 * frame.width();
    for (int y = 0; y < frame.height(); y++) {
      int out = 3 * ((top + y) * width() + left);
      System.arraycopy(frame.rgb(), y * row, rgb, out, row);
    }
    return new RgbImage(width(), height(), rgb);
  }

  private int uint24(long offset) throws ImageException {
    return bytes.uint16(offset, LITTLE_ENDIAN) | bytes.uint8(offset + 2) << 16;
  }
}
