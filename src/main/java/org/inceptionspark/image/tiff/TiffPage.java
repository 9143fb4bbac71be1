package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.RgbImage;

/**
 * Decodes a page's pixels, chunk by chunk and row by row: besides the pixels, no more than a row is
 * held.
 */
record TiffPage(TiffLayout layout, TiffColours colours, TiffEncoding encoding, TiffChunks chunks) {

  /** Chunks may share bytes, and bytes may unpack to nothing: the total read is bounded. */
  private static final int MOST_TIMES_OVER = 64;

  private static final long FREE_BYTES = 1 << 24;

  RgbImage pixels() throws ImageException {
    requireData();
    byte[] rgb = new byte[layout.width() * layout.height() * 3];
    for (int down = 0; down < layout.chunksDown(); down++) {
      for (int across = 0; across < layout.chunksAcross(); across++) {
        try (ChunkRows rows = open(down * layout.chunksAcross() + across)) {
          chunk(rows, across * layout.chunkWidth(), down * layout.chunkHeight(), rgb);
        }
      }
    }
    return new RgbImage(layout.width(), layout.height(), rgb);
  }

  private void chunk(ChunkRows rows, int left, int top, byte[] rgb) throws ImageException {
    int columns = Math.min(layout.chunkWidth(), layout.width() - left);
    int bottom = Math.min(layout.height(), top + layout.chunkHeight());
    int[] samples = new int[columns * step()];
    for (int y = top; y < bottom; y++) {
      rows.next(samples);
      colours.toRgb(samples, step(), columns, rgb, 3 * (y * layout.width() + left));
    }
    rows.finish();
  }

  /** Samples of a pixel that are unpacked: planes after the colours are not. */
  private int step() {
    return layout.isPlanar() ? colours.channels() : layout.samples();
  }

  private int planes() {
    return layout.isPlanar() ? colours.channels() : 1;
  }

  private ChunkRows open(int chunk) throws ImageException {
    if (!layout.isPlanar()) {
      return open(chunk, 0);
    }
    ChunkRows[] planes = new ChunkRows[planes()];
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = open(plane * chunksOfPlane() + chunk, plane);
    }
    return new PlanarRows(planes);
  }

  private ChunkRows open(int chunk, int plane) throws ImageException {
    return encoding.open(
        layout, chunks.data(), chunks.start(chunk), chunks.end(chunk), plane, step());
  }

  private int chunksOfPlane() {
    return layout.chunksAcross() * layout.chunksDown();
  }

  /** Before anything of the picture's size is allocated: can the file hold it? */
  private void requireData() throws ImageException {
    long needed = (long) layout.chunksAcross() * layout.chunksDown() * planes();
    if (needed < 1 || needed > chunks.size()) {
      throw ImageException.corrupt(
          ImageFormat.TIFF, chunks.size() + " strips or tiles, needed " + needed);
    }
    long bytesLeft = FREE_BYTES + (long) MOST_TIMES_OVER * chunks.data().length;
    for (int chunk = 0; chunk < needed; chunk++) {
      int length = chunks.end(chunk) - chunks.start(chunk);
      int top = chunk / layout.chunksAcross() % layout.chunksDown() * layout.chunkHeight();
      int rows = Math.min(layout.chunkHeight(), layout.height() - top);
      if (encoding.rows(rows) > encoding.mostRows(layout, length)) {
        throw ByteSource.endsEarly();
      }
      bytesLeft -= length;
    }
    if (bytesLeft < 0) {
      throw ImageException.corrupt(
          ImageFormat.TIFF, "strips of more than " + MOST_TIMES_OVER + " times the file's bytes");
    }
  }
}
