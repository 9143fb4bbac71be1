package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.COMPRESSION;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import org.inceptionspark.image.core.CmykRgb;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.Reader;
import org.inceptionspark.image.core.RgbImage;

/** The first page of a TIFF or BigTIFF (TIFF 6.0). */
public final class TiffFile implements ImageFile {
  private final EncodedBytes bytes;
  private final TiffDirectory directory;
  private final TiffLayout layout;
  private final TiffModel model;
  private final TiffColours colours;
  private final TiffEncoding encoding;

  private TiffFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.directory = TiffDirectory.first(bytes);
    this.layout = TiffLayout.of(directory);
    this.model = TiffModel.of(directory, layout);
    this.colours = isJpeg() ? null : model.colours(directory, layout);
    this.encoding = isJpeg() ? null : TiffEncoding.of(directory, layout, model);
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new TiffFile(bytes);
  }

  private boolean isJpeg() throws ImageException {
    long compression = directory.value(COMPRESSION, 1);
    return compression == 6 || compression == 7;
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int height() {
    return layout.height();
  }

  @Override
  public int orientation() {
    return directory.orientation();
  }

  @Override
  public RgbImage pixels() throws IOException, ImageException {
    if (isJpeg()) {
      Reader reader = directory.isBig() ? Reader.BIG_TIFF : Reader.TIFF;
      return reader.use(bytes.array(), ImageFormat.TIFF, TiffFile::isHarmless, this::read);
    }
    TiffChunks chunks = TiffChunks.of(bytes, directory, encoding.compression());
    return new TiffPage(layout, colours, encoding, chunks).pixels();
  }

  private RgbImage read(ImageReader reader) throws IOException, ImageException {
    return model == TiffModel.CMYK
        ? CmykRgb.ofTiff(reader.readRaster(0, null))
        : RasterRgb.of(reader.read(0));
  }

  /** Most warnings are about sloppy writers; those of the JPEG reader inside are about damage. */
  private static boolean isHarmless(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return !text.contains("corrupt") && !text.contains("premature") && !text.contains("truncated");
  }
}
