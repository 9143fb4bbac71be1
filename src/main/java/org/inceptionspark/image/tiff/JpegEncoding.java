package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.JPEG_TABLES;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.JpegColours;
import org.inceptionspark.image.jpeg.EmbeddedJpeg;

/**
 * Each strip or tile is a JPEG (Adobe's TIFF Technical Note 2), or one JPEG of the older kind is
 * the whole page.
 *
 * @param tables what all of them share, or null where each has its own
 */
record JpegEncoding(EncodedBytes tables, JpegColours colours) implements TiffEncoding {
  static JpegEncoding of(TiffDirectory directory, TiffLayout layout, TiffModel model)
      throws ImageException {
    if (layout.bits() != 8 || (layout.isPlanar() && model == TiffModel.YCBCR)) {
      throw ImageException.unsupported(ImageFormat.TIFF, "JPEG of " + model.described(layout));
    }
    JpegColours colours =
        switch (layout.samplesTogether()) {
          case 1 -> JpegColours.GREY;
          case 3 -> model == TiffModel.YCBCR ? JpegColours.YCBCR : JpegColours.RGB;
          case 4 -> JpegColours.CMYK;
          default ->
              throw ImageException.unsupported(
                  ImageFormat.TIFF, "JPEG of " + model.described(layout));
        };
    byte[] tables = directory.bytes(JPEG_TABLES);
    return new JpegEncoding(
        tables.length == 0 ? null : new EncodedBytes(tables, ImageFormat.TIFF), colours);
  }

  @Override
  public int rows(int rows) {
    return rows;
  }

  /** Flat blocks take almost no bits. */
  @Override
  public long mostRows(TiffLayout layout, long length) {
    return Long.MAX_VALUE;
  }

  @Override
  public ChunkRows open(TiffLayout layout, byte[] data, int start, int end, int first, int step)
      throws ImageException {
    EncodedBytes stream = new EncodedBytes(Arrays.copyOfRange(data, start, end), ImageFormat.TIFF);
    EmbeddedJpeg jpeg =
        tables == null ? EmbeddedJpeg.open(stream) : EmbeddedJpeg.open(stream, tables);
    boolean fits =
        jpeg.width() == layout.chunkWidth()
            && jpeg.height() <= layout.chunkHeight()
            && jpeg.components() == colours.components();
    if (!fits) {
      throw ImageException.corrupt(
          ImageFormat.TIFF,
          "JPEG of "
              + jpeg.width()
              + " x "
              + jpeg.height()
              + " pixels in a strip or tile of other size");
    }
    byte[] samples = jpeg.samples(colours);
    StoredBytes source = new StoredBytes(samples, 0, samples.length);
    return new PackedRows(source, layout, ByteOrder.BIG_ENDIAN, false, first, step);
  }
}
