package org.inceptionspark.kernels;

/** One output pixel of a pool, channels {@code first} to {@code channels - 1}. */
final class ScalarPools {
  private ScalarPools() {}

  static void maximum(
      int height,
      int width,
      int first,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    for (int c = first; c < channels; c++) {
      float largest = source[offset + c];
      for (int element = 1; element < height * width; element++) {
        int from = offset + element / width * rowPitch + element % width * columnPitch;
        largest = Math.max(largest, source[from + c]);
      }
      target[targetOffset + c] = largest;
    }
  }

  /** Row by row, from the first element on. */
  static void sum(
      int height,
      int width,
      int first,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    for (int c = first; c < channels; c++) {
      float sum = source[offset + c];
      for (int element = 1; element < height * width; element++) {
        int from = offset + element / width * rowPitch + element % width * columnPitch;
        sum += source[from + c];
      }
      target[targetOffset + c] = sum;
    }
  }

  static void scale(
      int first,
      int channels,
      float factor,
      float[] bias,
      float floor,
      float[] target,
      int targetOffset) {
    for (int c = first; c < channels; c++) {
      float mean = Math.fma(target[targetOffset + c], factor, bias[c]);
      target[targetOffset + c] = Math.max(mean, floor);
    }
  }
}
