package org.inceptionspark.image.jpeg;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.JpegColours;
import org.inceptionspark.image.jpeg.sample.InterleavedSamples;
import org.inceptionspark.image.jpeg.sample.LaneMath;
import org.inceptionspark.image.jpeg.sample.StripLayout;
import org.inceptionspark.image.jpeg.scan.JpegFrame;
import org.inceptionspark.image.jpeg.scan.JpegHeader;
import org.inceptionspark.image.jpeg.scan.JpegParser;
import org.inceptionspark.image.jpeg.scan.JpegTables;

/**
 * A JPEG inside another format, such as a strip or tile of a TIFF: its samples, with colours as the
 * enclosing format says. It may be abbreviated, with its tables elsewhere. Sizes are not yet
 * checked; nothing is allocated before {@link #samples}.
 */
public final class EmbeddedJpeg {
  private final JpegHeader header;
  private final byte[] bytes;

  private EmbeddedJpeg(JpegHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  /** Reads the header of a stream that has its own tables. */
  public static EmbeddedJpeg open(EncodedBytes stream) throws ImageException {
    return new EmbeddedJpeg(JpegParser.parse(stream, new JpegTables()), stream.array());
  }

  /**
   * Reads the header of an abbreviated stream.
   *
   * @param tables another stream, of tables alone (TIFF's JPEGTables)
   */
  public static EmbeddedJpeg open(EncodedBytes stream, EncodedBytes tables) throws ImageException {
    return new EmbeddedJpeg(
        JpegParser.parse(stream, JpegParser.parseTables(tables)), stream.array());
  }

  public int width() {
    return header.frame().width();
  }

  public int height() {
    return header.frame().height();
  }

  /** 1, 3 or 4. */
  public int components() {
    return header.frame().components().size();
  }

  /**
   * Decodes it.
   *
   * @param colours what its components mean: YCBCR becomes RGB, YCCK becomes CMYK, all others stay
   *     as they are stored
   * @return {@code height x width x components} samples
   * @throws ImageException CORRUPT unless all of it is there
   */
  public byte[] samples(JpegColours colours) throws ImageException {
    if (colours.components() != components()) {
      throw ImageException.corrupt(
          ImageFormat.JPEG, components() + " components where " + colours + " is said to be");
    }
    JpegDecoder decoder = new JpegDecoder(header, colours, bytes, LaneMath.best());
    StripLayout layout = decoder.layout(JpegFrame.BLOCK);
    InterleavedSamples sink = new InterleavedSamples(layout, components());
    decoder.decode(layout, sink);
    return sink.samples();
  }
}
