package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;

/** Rows whose samples are in separate chunks, which are read in parallel. */
record PlanarRows(ChunkRows[] planes) implements ChunkRows {
  @Override
  public void next(int[] samples) throws ImageException {
    for (ChunkRows plane : planes) {
      plane.next(samples);
    }
  }

  @Override
  public void finish() throws ImageException {
    for (ChunkRows plane : planes) {
      plane.finish();
    }
  }

  @Override
  public void close() {
    for (ChunkRows plane : planes) {
      plane.close();
    }
  }
}
