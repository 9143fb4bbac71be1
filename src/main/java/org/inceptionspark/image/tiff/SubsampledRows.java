package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * Rows of YCbCr with less chroma than luma (TIFF 6.0, section 21): for each block of pixels all its
 * luma, row by row, then one Cb and one Cr, which are repeated as libtiff does.
 */
final class SubsampledRows implements ChunkRows {
  private final ByteSource source;
  private final Subsampling block;
  private final byte[] bytes;
  private int row;

  /** Pixels of a block, horizontally and vertically. */
  record Subsampling(int across, int down) {
    static Subsampling of(TiffDirectory directory, TiffModel model) throws ImageException {
      if (model != TiffModel.YCBCR) {
        return new Subsampling(1, 1);
      }
      long[] factors = directory.values(TiffDirectory.YCBCR_SUBSAMPLING);
      long across = factors.length < 2 ? 2 : factors[0];
      long down = factors.length < 2 ? 2 : factors[1];
      if (!isFactor(across) || !isFactor(down)) {
        throw ImageException.unsupported(
            ImageFormat.TIFF, "YCbCr subsampled by " + across + " x " + down);
      }
      return new Subsampling((int) across, (int) down);
    }

    private static boolean isFactor(long factor) {
      return factor == 1 || factor == 2 || factor == 4;
    }

    boolean isNeeded() {
      return across * down > 1;
    }

    int blockBytes() {
      return across * down + 2;
    }

    /** Bytes of one row of blocks. */
    long rowBytes(int width) {
      return (long) blocks(width) * blockBytes();
    }

    private int blocks(int width) {
      return (width + across - 1) / across;
    }
  }

  SubsampledRows(ByteSource source, Subsampling block, int width) {
    this.source = source;
    this.block = block;
    this.bytes = new byte[(int) block.rowBytes(width)];
  }

  @Override
  public void next(int[] samples) throws ImageException {
    if (row == 0) {
      source.read(bytes);
    }
    int inBlock = row * block.across;
    int chroma = block.across * block.down;
    for (int at = 0, x = 0; at < samples.length; at += 3, x++) {
      int start = x / block.across * block.blockBytes();
      samples[at] = bytes[start + inBlock + x % block.across] & 0xff;
      samples[at + 1] = bytes[start + chroma] & 0xff;
      samples[at + 2] = bytes[start + chroma + 1] & 0xff;
    }
    row = (row + 1) % block.down;
  }

  @Override
  public void finish() throws ImageException {
    source.finish();
  }

  @Override
  public void close() {
    source.close();
  }
}
