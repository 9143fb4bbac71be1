package org.inceptionspark.image.jpeg;

import java.util.List;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.JpegColours;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.jpeg.sample.GridImage;
import org.inceptionspark.image.jpeg.sample.LaneMath;
import org.inceptionspark.image.jpeg.sample.PixelSink;
import org.inceptionspark.image.jpeg.sample.Strip;
import org.inceptionspark.image.jpeg.sample.StripLayout;
import org.inceptionspark.image.jpeg.sample.StripOutput;
import org.inceptionspark.image.jpeg.sample.WholeImage;
import org.inceptionspark.image.jpeg.scan.CoefficientReader;
import org.inceptionspark.image.jpeg.scan.Coefficients;
import org.inceptionspark.image.jpeg.scan.JpegFrame;
import org.inceptionspark.image.jpeg.scan.JpegHeader;
import org.inceptionspark.image.jpeg.scan.JpegScan;

/**
 * Decodes a JPEG whose segments have been parsed (ISO/IEC 10918-1), to exactly the pixels of
 * libjpeg-turbo with its accurate transform and smooth upsampling. The file is CORRUPT unless every
 * MCU of every scan is there.
 */
final class JpegDecoder {
  private final JpegHeader header;
  private final JpegFrame frame;
  private final JpegColours colours;
  private final List<JpegScan> scans;
  private final byte[] file;
  private final LaneMath math;

  /** A decoder of one picture. */
  JpegDecoder(JpegHeader header, JpegColours colours, byte[] file, LaneMath math) {
    this.header = header;
    this.frame = header.frame();
    this.colours = colours;
    this.scans = header.scans();
    this.file = file;
    this.math = math;
  }

  /**
   * All pixels.
   *
   * @param size samples a side that a block becomes: 8, or less for a smaller picture
   */
  RgbImage pixels(int size) throws ImageException {
    StripLayout layout = layout(size);
    WholeImage sink = new WholeImage(math, layout);
    decode(layout, sink);
    return sink.image();
  }

  /** The pixels of a grid. */
  RgbImage pixels(int size, PixelGrid grid) throws ImageException {
    StripLayout layout = layout(size);
    GridImage sink = new GridImage(layout, grid);
    decode(layout, sink);
    return sink.image();
  }

  /**
   * The stages for this size, in samples a side of the largest component's blocks. Before anything
   * of the picture's size is allocated, its bytes must be enough to encode it.
   */
  StripLayout layout(int size) throws ImageException {
    boolean[] isThere = new boolean[frame.components().size()];
    for (JpegScan scan : scans) {
      int bytes = scan.end() - scan.start();
      if (bytes < scan.fewestBytes(frame)) {
        throw ImageException.corrupt(
            ImageFormat.JPEG,
            "cut off: a scan of "
                + scan.mcusAcross(frame)
                + " x "
                + scan.mcusDown(frame)
                + " MCUs in "
                + bytes
                + " bytes");
      }
      for (JpegScan.Part part : scan.parts()) {
        isThere[part.component()] |= scan.hasDc();
      }
    }
    for (int i = 0; i < isThere.length; i++) {
      if (!isThere[i]) {
        throw ImageException.corrupt(ImageFormat.JPEG, "no scan of component " + (i + 1));
      }
    }
    return new StripLayout(frame, size);
  }

  /** Decodes all MCUs into a sink. */
  void decode(StripLayout layout, PixelSink sink) throws ImageException {
    boolean isOnePass =
        !frame.isProgressive() && scans.get(0).parts().size() == frame.components().size();
    Strip strip = new Strip(layout);
    StripSource source =
        isOnePass ? new StreamedStrips(frame, scans.get(0), header.steps(), file) : stored();
    StripOutput output = new StripOutput(math, layout, strip, colours, sink);
    int mcuRows = frame.mcusDown();
    for (int row = 0; row < mcuRows; row += layout.rows) {
      int rows = Math.min(layout.rows, mcuRows - row);
      strip.clear();
      source.read(strip, row, rows);
      if (output.needs(row, rows)) {
        output.put(row, rows);
      }
    }
    output.finish(mcuRows);
  }

  private StripSource stored() throws ImageException {
    Coefficients coefficients = new Coefficients(frame);
    CoefficientReader reader = new CoefficientReader(frame, file, coefficients);
    for (JpegScan scan : scans) {
      coefficients.announce(scan);
      reader.read(scan);
    }
    return new StoredStrips(frame, coefficients, header.steps());
  }
}
