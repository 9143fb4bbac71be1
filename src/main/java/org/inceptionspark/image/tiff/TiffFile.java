package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.RgbImage;

/** The first page of a TIFF or BigTIFF (TIFF 6.0). */
public final class TiffFile implements ImageFile {
  private final EncodedBytes bytes;
  private final TiffDirectory directory;
  private final TiffLayout layout;
  private final TiffColours colours;
  private final TiffEncoding encoding;

  private TiffFile(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.directory = TiffDirectory.first(bytes);
    this.layout = TiffLayout.of(directory);
    TiffModel model = TiffModel.of(directory, layout);
    this.colours = model.colours(directory, layout);
    this.encoding = TiffEncoding.of(directory, layout, model);
  }

  public static ImageFile open(EncodedBytes bytes) throws ImageException {
    return new TiffFile(bytes);
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
  public RgbImage pixels() throws ImageException {
    TiffChunks chunks = TiffChunks.of(bytes, directory);
    return new TiffPage(layout, colours, encoding, chunks).pixels();
  }
}
