package org.inceptionspark.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One output pixel of a pool. The common 3x3 window is written out. Other windows pass over the
 * target once for each element: a vector that lives across a loop over the window would be boxed by
 * JDK 17.
 */
final class VectorPools {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LANES = VectorWidth.LANES;

  private VectorPools() {}

  static void maximum3x3(
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    int whole = SPECIES.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      int top = offset + c;
      int middle = top + rowPitch;
      int bottom = middle + rowPitch;
      load(source, top)
          .max(load(source, top + columnPitch))
          .max(load(source, top + 2 * columnPitch))
          .max(load(source, middle))
          .max(load(source, middle + columnPitch))
          .max(load(source, middle + 2 * columnPitch))
          .max(load(source, bottom))
          .max(load(source, bottom + columnPitch))
          .max(load(source, bottom + 2 * columnPitch))
          .intoArray(target, targetOffset + c);
    }
    if (whole < channels) {
      ScalarPools.maximum(
          3, 3, whole, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    }
  }

  static void sum3x3(
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    int whole = SPECIES.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      int top = offset + c;
      int middle = top + rowPitch;
      int bottom = middle + rowPitch;
      load(source, top)
          .add(load(source, top + columnPitch))
          .add(load(source, top + 2 * columnPitch))
          .add(load(source, middle))
          .add(load(source, middle + columnPitch))
          .add(load(source, middle + 2 * columnPitch))
          .add(load(source, bottom))
          .add(load(source, bottom + columnPitch))
          .add(load(source, bottom + 2 * columnPitch))
          .intoArray(target, targetOffset + c);
    }
    if (whole < channels) {
      ScalarPools.sum(
          3, 3, whole, channels, source, offset, rowPitch, columnPitch, target, targetOffset);
    }
  }

  static void maximum(
      int height,
      int width,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    System.arraycopy(source, offset, target, targetOffset, channels);
    for (int element = 1; element < height * width; element++) {
      int from = offset + element / width * rowPitch + element % width * columnPitch;
      maximum(channels, source, from, target, targetOffset);
    }
  }

  static void sum(
      int height,
      int width,
      int channels,
      float[] source,
      int offset,
      int rowPitch,
      int columnPitch,
      float[] target,
      int targetOffset) {
    System.arraycopy(source, offset, target, targetOffset, channels);
    for (int element = 1; element < height * width; element++) {
      int from = offset + element / width * rowPitch + element % width * columnPitch;
      add(channels, source, from, target, targetOffset);
    }
  }

  /** {@code target = max(fma(target, factor, bias), floor)}. */
  static void scale(
      int channels, float factor, float[] bias, float floor, float[] target, int targetOffset) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
    int whole = SPECIES.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      load(target, targetOffset + c)
          .fma(factors, load(bias, c))
          .max(lowest)
          .intoArray(target, targetOffset + c);
    }
    if (whole < channels) {
      ScalarPools.scale(whole, channels, factor, bias, floor, target, targetOffset);
    }
  }

  private static void maximum(int channels, float[] source, int from, float[] target, int to) {
    int whole = SPECIES.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      load(target, to + c).max(load(source, from + c)).intoArray(target, to + c);
    }
    for (int c = whole; c < channels; c++) {
      target[to + c] = Math.max(target[to + c], source[from + c]);
    }
  }

  private static void add(int channels, float[] source, int from, float[] target, int to) {
    int whole = SPECIES.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      load(target, to + c).add(load(source, from + c)).intoArray(target, to + c);
    }
    for (int c = whole; c < channels; c++) {
      target[to + c] += source[from + c];
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }
}
