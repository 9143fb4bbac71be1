package org.inceptionspark.image.tiff;

import java.nio.ByteOrder;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.tiff.SubsampledRows.Subsampling;

/**
 * Encodings whose bytes, once decompressed, are the samples.
 *
 * @param isPredicted samples are stored as differences
 * @param subsampling of chroma; 1 x 1 where every pixel has its own
 */
record PackedEncoding(
    TiffCompression compression, ByteOrder order, boolean isPredicted, Subsampling subsampling)
    implements TiffEncoding {

  static PackedEncoding of(TiffDirectory directory, TiffLayout layout, TiffModel model)
      throws ImageException {
    TiffCompression compression = TiffCompression.of(directory);
    if (compression.isFax() && (layout.bits() != 1 || layout.samplesTogether() != 1)) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, "CCITT compression of " + model.described(layout));
    }
    long predictor = compression.mayPredict() ? directory.value(TiffDirectory.PREDICTOR, 1) : 1;
    if (predictor != 1 && predictor != 2) {
      throw ImageException.unsupported(ImageFormat.TIFF, "predictor " + predictor);
    }
    Subsampling subsampling = Subsampling.of(directory, model);
    if (subsampling.isNeeded() && (layout.isPlanar() || layout.samples() != 3 || predictor != 1)) {
      throw ImageException.unsupported(
          ImageFormat.TIFF, "subsampled YCbCr, planar, predicted or of other than 3 samples");
    }
    return new PackedEncoding(compression, directory.order(), predictor == 2, subsampling);
  }

  @Override
  public int rows(int rows) {
    return (rows + subsampling.down() - 1) / subsampling.down();
  }

  @Override
  public long mostRows(TiffLayout layout, long length) {
    return compression.mostRows(
        length,
        subsampling.isNeeded() ? subsampling.rowBytes(layout.chunkWidth()) : layout.rowBytes());
  }

  @Override
  public ChunkRows open(TiffLayout layout, byte[] data, int start, int end, int first, int step) {
    ByteSource source = compression.open(data, start, end, layout.chunkWidth());
    return subsampling.isNeeded()
        ? new SubsampledRows(source, subsampling, layout.chunkWidth())
        : new PackedRows(source, layout, order, isPredicted, first, step);
  }
}
