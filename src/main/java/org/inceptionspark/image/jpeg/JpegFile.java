package org.inceptionspark.image.jpeg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.inceptionspark.image.core.CmykRgb;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.JpegColours;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.RgbTarget;
import org.inceptionspark.image.core.SamplingRaster;

/**
 * JPEG by the JDK's own reader (libjpeg: accurate integer DCT, smooth chroma), from a stream that
 * holds only what decoding needs and says its colours in the one way that the reader understands.
 */
public final class JpegFile implements ImageFile {
  /** Progressive files have about ten scans. */
  private static final int MOST_SCANS = 500;

  /** Each scan is a pass over the whole picture: five to ten seconds for so many pixels. */
  private static final long MOST_PIXELS_OF_SCANS = 2_000_000_000L;

  private static final byte[] JFIF = {
    (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };
  private static final byte[] ADOBE_UNTRANSFORMED = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private final JpegHeader header;
  private final byte[] segments;

  private JpegFile(JpegParser.Parsed parsed) {
    this.header = parsed.header();
    this.segments = parsed.segments();
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    JpegParser.Parsed parsed = JpegParser.parse(bytes);
    requireFewScans(parsed.header());
    return new JpegFile(parsed);
  }

  private static void requireFewScans(JpegHeader header) throws ImageException {
    long pixels = (long) header.width() * header.height();
    if (header.scans() > MOST_SCANS) {
      throw new ImageException(
          Kind.TOO_LARGE, "JPEG: " + header.scans() + " scans, at most " + MOST_SCANS + " allowed");
    }
    if (header.scans() * pixels > MOST_PIXELS_OF_SCANS) {
      throw new ImageException(
          Kind.TOO_LARGE, "JPEG: " + header.scans() + " scans of " + pixels + " pixels");
    }
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public int orientation() {
    return header.orientation();
  }

  @Override
  public RgbImage pixels() throws IOException, ImageException {
    return Reader.JPEG.use(stream(), ImageFormat.JPEG, JpegFile::isHarmless, this::read);
  }

  @Override
  public RgbImage pixels(PixelGrid grid) throws IOException, ImageException {
    if (header.colours().components() != 3) {
      return grid.pick(pixels());
    }
    SamplingRaster target = SamplingRaster.of(width(), height(), grid);
    Reader.JPEG.use(
        stream(),
        ImageFormat.JPEG,
        JpegFile::isHarmless,
        reader -> readInto(reader, target.asDestination()));
    return target.pixels();
  }

  private RgbImage read(ImageReader reader) throws IOException {
    if (header.colours().components() == 4) {
      return CmykRgb.ofStoredJpeg(reader.readRaster(0, null), header.colours());
    }
    if (header.colours() == JpegColours.GREY) {
      return RasterRgb.ofSamples(reader.read(0).getRaster());
    }
    BufferedImage target = RgbTarget.of(width(), height());
    readInto(reader, target);
    return new RgbImage(width(), height(), RgbTarget.array(target));
  }

  private static BufferedImage readInto(ImageReader reader, BufferedImage target)
      throws IOException {
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(target);
    return reader.read(0, into);
  }

  private byte[] stream() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream(segments.length + 512);
    stream.write(0xff);
    stream.write(0xd8);
    stream.writeBytes(
        switch (header.colours()) {
          case GREY, YCBCR -> JFIF;
          case RGB, CMYK, YCCK -> ADOBE_UNTRANSFORMED;
        });
    if (!header.hasHuffmanTables()) {
      stream.writeBytes(StandardHuffmanTables.segment());
    }
    stream.writeBytes(segments);
    return stream.toByteArray();
  }

  /** Bytes between a scan's end and the next marker change no pixel. */
  private static boolean isHarmless(String warning) {
    return warning.contains("extraneous bytes before marker");
  }
}
