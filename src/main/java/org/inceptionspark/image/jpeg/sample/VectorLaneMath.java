package org.inceptionspark.image.jpeg.sample;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarLaneMath} with the Vector API, line by line. */
final class VectorLaneMath implements LaneMath {
  private static final VectorSpecies<Integer> SPECIES =
      VectorSpecies.of(
          int.class,
          VectorShape.forBitSize(Math.min(512, IntVector.SPECIES_PREFERRED.vectorBitSize())));
  private static final int WIDTH = SPECIES.length();

  private VectorLaneMath() {}

  static LaneMath create() {
    return new VectorLaneMath();
  }

  @Override
  public void transform8(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i += WIDTH) {
      int p = in + i;
      IntVector c2 = load(from, p + 2 * inStep);
      IntVector c6 = load(from, p + 6 * inStep);
      IntVector even = c2.add(c6).mul(4433);
      IntVector t2 = even.sub(c6.mul(15137));
      IntVector t3 = even.add(c2.mul(6270));
      IntVector c0 = load(from, p);
      IntVector c4 = load(from, p + 4 * inStep);
      IntVector t0 = c0.add(c4).lanewise(LSHL, 13).add(half);
      IntVector t1 = c0.sub(c4).lanewise(LSHL, 13).add(half);
      IntVector c7 = load(from, p + 7 * inStep);
      IntVector c5 = load(from, p + 5 * inStep);
      IntVector c3 = load(from, p + 3 * inStep);
      IntVector c1 = load(from, p + inStep);
      IntVector z1 = c7.add(c1).mul(7373);
      IntVector z2 = c5.add(c3).mul(20995);
      IntVector z3 = c7.add(c3);
      IntVector z4 = c5.add(c1);
      IntVector z5 = z3.add(z4).mul(9633);
      z3 = z5.sub(z3.mul(16069));
      z4 = z5.sub(z4.mul(3196));
      IntVector s0 = c7.mul(2446).sub(z1).add(z3);
      IntVector s1 = c5.mul(16819).sub(z2).add(z4);
      IntVector s2 = c3.mul(25172).sub(z2).add(z3);
      IntVector s3 = c1.mul(12299).sub(z1).add(z4);
      IntVector u0 = t0.add(t3);
      IntVector u1 = t1.add(t2);
      IntVector u2 = t1.sub(t2);
      IntVector u3 = t0.sub(t3);
      int q = out + i;
      u0.add(s3).lanewise(ASHR, shift).intoArray(to, q);
      u0.sub(s3).lanewise(ASHR, shift).intoArray(to, q + 7 * outStep);
      u1.add(s2).lanewise(ASHR, shift).intoArray(to, q + outStep);
      u1.sub(s2).lanewise(ASHR, shift).intoArray(to, q + 6 * outStep);
      u2.add(s1).lanewise(ASHR, shift).intoArray(to, q + 2 * outStep);
      u2.sub(s1).lanewise(ASHR, shift).intoArray(to, q + 5 * outStep);
      u3.add(s0).lanewise(ASHR, shift).intoArray(to, q + 3 * outStep);
      u3.sub(s0).lanewise(ASHR, shift).intoArray(to, q + 4 * outStep);
    }
  }

  private static IntVector load(int[] from, int at) {
    return IntVector.fromArray(SPECIES, from, at);
  }

  @Override
  public void transform4(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i += WIDTH) {
      int p = in + i;
      IntVector t0 = load(from, p).lanewise(LSHL, 14).add(half);
      IntVector t2 =
          load(from, p + 2 * inStep).mul(15137).sub(load(from, p + 6 * inStep).mul(6270));
      IntVector c1 = load(from, p + inStep);
      IntVector c3 = load(from, p + 3 * inStep);
      IntVector c5 = load(from, p + 5 * inStep);
      IntVector c7 = load(from, p + 7 * inStep);
      IntVector s0 = c1.mul(8697).sub(c3.mul(17799)).add(c5.mul(11893)).sub(c7.mul(1730));
      IntVector s2 = c1.mul(20995).add(c3.mul(7373)).sub(c5.mul(4926)).sub(c7.mul(4176));
      IntVector u0 = t0.add(t2);
      IntVector u1 = t0.sub(t2);
      int q = out + i;
      u0.add(s2).lanewise(ASHR, shift).intoArray(to, q);
      u0.sub(s2).lanewise(ASHR, shift).intoArray(to, q + 3 * outStep);
      u1.add(s0).lanewise(ASHR, shift).intoArray(to, q + outStep);
      u1.sub(s0).lanewise(ASHR, shift).intoArray(to, q + 2 * outStep);
    }
  }

  @Override
  public void transform2(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i += WIDTH) {
      int p = in + i;
      IntVector t0 = load(from, p).lanewise(LSHL, 15).add(half);
      IntVector s0 =
          load(from, p + inStep)
              .mul(29692)
              .sub(load(from, p + 3 * inStep).mul(10426))
              .add(load(from, p + 5 * inStep).mul(6967))
              .sub(load(from, p + 7 * inStep).mul(5906));
      t0.add(s0).lanewise(ASHR, shift).intoArray(to, out + i);
      t0.sub(s0).lanewise(ASHR, shift).intoArray(to, out + outStep + i);
    }
  }

  @Override
  public void round(int[] numbers, int at, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = at; i < at + lanes; i += WIDTH) {
      load(numbers, i).add(half).lanewise(ASHR, shift).intoArray(numbers, i);
    }
  }

  @Override
  public void limit(int[] numbers, int at, int step, int rows, int lanes) {
    for (int row = 0; row < rows; row++) {
      int from = at + row * step;
      for (int i = from; i < from + lanes; i += WIDTH) {
        load(numbers, i)
            .lanewise(LSHL, 22)
            .lanewise(ASHR, 22)
            .add(128)
            .max(0)
            .min(255)
            .intoArray(numbers, i);
      }
    }
  }

  @Override
  public void blend(
      int[] near,
      int nearAt,
      int[] far,
      int farAt,
      int bias,
      int shift,
      int[] to,
      int at,
      int lanes) {
    for (int i = 0; i < lanes; i += WIDTH) {
      load(near, nearAt + i)
          .mul(3)
          .add(load(far, farAt + i))
          .add(bias)
          .lanewise(ASHR, shift)
          .intoArray(to, at + i);
    }
  }

  @Override
  public void yccToRgb(
      int[] y, int yAt, int[] cb, int cbAt, int[] cr, int crAt, int[] to, int at, int lanes) {
    for (int i = 0; i < lanes; i += WIDTH) {
      IntVector luma = load(y, yAt + i);
      IntVector u = load(cb, cbAt + i).sub(128);
      IntVector v = load(cr, crAt + i).sub(128);
      IntVector red = channel(v.mul(91881), luma);
      IntVector green = channel(u.mul(-22554).sub(v.mul(46802)), luma);
      IntVector blue = channel(u.mul(116130), luma);
      red.or(green.lanewise(LSHL, 8)).or(blue.lanewise(LSHL, 16)).intoArray(to, at + i);
    }
  }

  private static IntVector channel(IntVector chroma, IntVector luma) {
    return chroma.add(32768).lanewise(ASHR, 16).add(luma).min(255).max(0);
  }

  @Override
  public void join(
      int[] first,
      int firstAt,
      int[] second,
      int secondAt,
      int[] third,
      int thirdAt,
      int[] to,
      int at,
      int lanes) {
    for (int i = 0; i < lanes; i += WIDTH) {
      load(first, firstAt + i)
          .or(load(second, secondAt + i).lanewise(LSHL, 8))
          .or(load(third, thirdAt + i).lanewise(LSHL, 16))
          .intoArray(to, at + i);
    }
  }

  @Override
  public void invert(int[] pixels, int at, int lanes) {
    for (int i = at; i < at + lanes; i += WIDTH) {
      load(pixels, i).lanewise(XOR, 0xffffff).intoArray(pixels, i);
    }
  }

  @Override
  public void insertFourth(int[] fourth, int fourthAt, int[] pixels, int at, int lanes) {
    for (int i = 0; i < lanes; i += WIDTH) {
      load(pixels, at + i)
          .or(load(fourth, fourthAt + i).lanewise(LSHL, 24))
          .intoArray(pixels, at + i);
    }
  }

  @Override
  public void multiply(int[] pixels, int at, int[] key, int keyAt, int lanes) {
    for (int i = 0; i < lanes; i += WIDTH) {
      IntVector pixel = load(pixels, at + i);
      IntVector factor = load(key, keyAt + i);
      IntVector red = product(pixel.and(255), factor);
      IntVector green = product(pixel.lanewise(LSHR, 8).and(255), factor);
      IntVector blue = product(pixel.lanewise(LSHR, 16), factor);
      red.or(green.lanewise(LSHL, 8)).or(blue.lanewise(LSHL, 16)).intoArray(pixels, at + i);
    }
  }

  /** {@code (ink * key + 127) / 255}, without a division. */
  private static IntVector product(IntVector ink, IntVector key) {
    IntVector sum = ink.mul(key).add(127);
    return sum.add(sum.lanewise(LSHR, 8)).add(1).lanewise(LSHR, 8);
  }

  @Override
  public void pack(int[] pixels, int at, int step, int lanes) {
    for (int i = at; i < at + lanes; i += WIDTH) {
      IntVector second = load(pixels, i + step);
      IntVector third = load(pixels, i + 2 * step);
      IntVector fourth = load(pixels, i + 3 * step);
      load(pixels, i).or(second.lanewise(LSHL, 24)).intoArray(pixels, i);
      second.lanewise(LSHR, 8).or(third.lanewise(LSHL, 16)).intoArray(pixels, i + step);
      third.lanewise(LSHR, 16).or(fourth.lanewise(LSHL, 8)).intoArray(pixels, i + 2 * step);
    }
  }
}
