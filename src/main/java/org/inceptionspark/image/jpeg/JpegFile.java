package org.inceptionspark.image.jpeg;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.jpeg.sample.LaneMath;
import org.inceptionspark.image.jpeg.scan.JpegHeader;
import org.inceptionspark.image.jpeg.scan.JpegParser;
import org.inceptionspark.image.jpeg.scan.JpegTables;

/** A JPEG by {@link JpegDecoder}. */
public final class JpegFile implements ImageFile {
  /** Progressive files have about ten scans. */
  private static final int MOST_SCANS = 500;

  /** Each scan is a pass over the whole picture: five to ten seconds for so many pixels. */
  private static final long MOST_PIXELS_OF_SCANS = 2_000_000_000L;

  private final JpegHeader header;
  private final byte[] bytes;

  private JpegFile(JpegHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  public static JpegFile open(EncodedBytes bytes) throws ImageException {
    JpegHeader header = JpegParser.parse(bytes, new JpegTables());
    requireFewScans(header);
    return new JpegFile(header, bytes.array());
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
    return header.frame().width();
  }

  @Override
  public int height() {
    return header.frame().height();
  }

  @Override
  public int orientation() {
    return header.orientation();
  }

  @Override
  public RgbImage pixels() throws ImageException {
    return decoder().pixels();
  }

  @Override
  public RgbImage pixels(PixelGrid grid) throws ImageException {
    return decoder().pixels(grid);
  }

  private JpegDecoder decoder() {
    return new JpegDecoder(header, header.colours(), bytes, LaneMath.best());
  }
}
