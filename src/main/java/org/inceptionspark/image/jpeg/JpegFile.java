package org.inceptionspark.image.jpeg;

import java.util.Optional;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.jpeg.sample.LaneMath;
import org.inceptionspark.image.jpeg.scan.JpegFrame;
import org.inceptionspark.image.jpeg.scan.JpegHeader;
import org.inceptionspark.image.jpeg.scan.JpegParser;
import org.inceptionspark.image.jpeg.scan.JpegTables;

/** A JPEG by {@link JpegDecoder}. */
public final class JpegFile implements ImageFile {
  /** Progressive files have about ten scans. */
  private static final int MOST_SCANS = 500;

  /** Each scan is a pass over the whole picture: five to ten seconds for this many pixels. */
  private static final long MOST_PIXELS_OF_SCANS = 2_000_000_000L;

  private final JpegHeader header;
  private final byte[] bytes;

  /** Samples a side that a block becomes. */
  private final int size;

  private JpegFile(JpegHeader header, byte[] bytes, int size) {
    this.header = header;
    this.bytes = bytes;
    this.size = size;
  }

  public static JpegFile open(EncodedBytes bytes) throws ImageException {
    JpegHeader header = JpegParser.parse(bytes, new JpegTables());
    requireFewScans(header);
    return new JpegFile(header, bytes.array(), JpegFrame.BLOCK);
  }

  private static void requireFewScans(JpegHeader header) throws ImageException {
    long pixels = (long) header.frame().width() * header.frame().height();
    int scans = header.scans().size();
    if (scans > MOST_SCANS) {
      throw new ImageException(
          Kind.TOO_LARGE, "JPEG: " + scans + " scans, at most " + MOST_SCANS + " allowed");
    }
    if (scans * pixels > MOST_PIXELS_OF_SCANS) {
      throw new ImageException(
          Kind.TOO_LARGE, "JPEG: " + scans + " scans of " + pixels + " pixels");
    }
  }

  @Override
  public int width() {
    return scaled(header.frame().width());
  }

  @Override
  public int height() {
    return scaled(header.frame().height());
  }

  private int scaled(int side) {
    return JpegFrame.ceilDiv((long) side * size, JpegFrame.BLOCK);
  }

  /** From the lowest frequencies of each block. */
  @Override
  public Optional<ImageFile> reduced(int divisor) {
    return Optional.of(new JpegFile(header, bytes, size / divisor));
  }

  @Override
  public int orientation() {
    return header.orientation();
  }

  @Override
  public RgbImage pixels() throws ImageException {
    return decoder().pixels(size);
  }

  @Override
  public RgbImage pixels(PixelGrid grid) throws ImageException {
    return decoder().pixels(size, grid);
  }

  private JpegDecoder decoder() {
    return new JpegDecoder(header, header.colours(), bytes, LaneMath.best());
  }
}
