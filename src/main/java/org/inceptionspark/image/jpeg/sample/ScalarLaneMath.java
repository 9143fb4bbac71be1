package org.inceptionspark.image.jpeg.sample;

/** Plain loops. */
final class ScalarLaneMath implements LaneMath {
  @Override
  public void transform8(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i++) {
      int p = in + i;
      int c2 = from[p + 2 * inStep];
      int c6 = from[p + 6 * inStep];
      int even = (c2 + c6) * 4433;
      int t2 = even - c6 * 15137;
      int t3 = even + c2 * 6270;
      int t0 = (from[p] + from[p + 4 * inStep] << 13) + half;
      int t1 = (from[p] - from[p + 4 * inStep] << 13) + half;
      int c7 = from[p + 7 * inStep];
      int c5 = from[p + 5 * inStep];
      int c3 = from[p + 3 * inStep];
      int c1 = from[p + inStep];
      int z1 = (c7 + c1) * 7373;
      int z2 = (c5 + c3) * 20995;
      int z5 = (c7 + c3 + c5 + c1) * 9633;
      int z3 = z5 - (c7 + c3) * 16069;
      int z4 = z5 - (c5 + c1) * 3196;
      int s0 = c7 * 2446 - z1 + z3;
      int s1 = c5 * 16819 - z2 + z4;
      int s2 = c3 * 25172 - z2 + z3;
      int s3 = c1 * 12299 - z1 + z4;
      int q = out + i;
      to[q] = t0 + t3 + s3 >> shift;
      to[q + 7 * outStep] = t0 + t3 - s3 >> shift;
      to[q + outStep] = t1 + t2 + s2 >> shift;
      to[q + 6 * outStep] = t1 + t2 - s2 >> shift;
      to[q + 2 * outStep] = t1 - t2 + s1 >> shift;
      to[q + 5 * outStep] = t1 - t2 - s1 >> shift;
      to[q + 3 * outStep] = t0 - t3 + s0 >> shift;
      to[q + 4 * outStep] = t0 - t3 - s0 >> shift;
    }
  }

  @Override
  public void transform4(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i++) {
      int p = in + i;
      int t0 = (from[p] << 14) + half;
      int t2 = from[p + 2 * inStep] * 15137 - from[p + 6 * inStep] * 6270;
      int c1 = from[p + inStep];
      int c3 = from[p + 3 * inStep];
      int c5 = from[p + 5 * inStep];
      int c7 = from[p + 7 * inStep];
      int s0 = c1 * 8697 - c3 * 17799 + c5 * 11893 - c7 * 1730;
      int s2 = c1 * 20995 + c3 * 7373 - c5 * 4926 - c7 * 4176;
      int q = out + i;
      to[q] = t0 + t2 + s2 >> shift;
      to[q + 3 * outStep] = t0 + t2 - s2 >> shift;
      to[q + outStep] = t0 - t2 + s0 >> shift;
      to[q + 2 * outStep] = t0 - t2 - s0 >> shift;
    }
  }

  @Override
  public void transform2(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = 0; i < lanes; i++) {
      int p = in + i;
      int t0 = (from[p] << 15) + half;
      int s0 =
          from[p + inStep] * 29692
              - from[p + 3 * inStep] * 10426
              + from[p + 5 * inStep] * 6967
              - from[p + 7 * inStep] * 5906;
      to[out + i] = t0 + s0 >> shift;
      to[out + outStep + i] = t0 - s0 >> shift;
    }
  }

  @Override
  public void round(int[] numbers, int at, int lanes, int shift) {
    int half = 1 << shift - 1;
    for (int i = at; i < at + lanes; i++) {
      numbers[i] = numbers[i] + half >> shift;
    }
  }

  @Override
  public void limit(int[] numbers, int at, int step, int rows, int lanes) {
    for (int row = 0; row < rows; row++) {
      int from = at + row * step;
      for (int i = from; i < from + lanes; i++) {
        numbers[i] = limited((numbers[i] << 22 >> 22) + 128);
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
    for (int i = 0; i < lanes; i++) {
      to[at + i] = 3 * near[nearAt + i] + far[farAt + i] + bias >> shift;
    }
  }

  @Override
  public void yccToRgb(
      int[] y, int yAt, int[] cb, int cbAt, int[] cr, int crAt, int[] to, int at, int lanes) {
    for (int i = 0; i < lanes; i++) {
      int luma = y[yAt + i];
      int u = cb[cbAt + i] - 128;
      int v = cr[crAt + i] - 128;
      int red = limited(luma + (91881 * v + 32768 >> 16));
      int green = limited(luma + (-22554 * u - 46802 * v + 32768 >> 16));
      int blue = limited(luma + (116130 * u + 32768 >> 16));
      to[at + i] = red | green << 8 | blue << 16;
    }
  }

  private static int limited(int value) {
    return Math.max(0, Math.min(255, value));
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
    for (int i = 0; i < lanes; i++) {
      to[at + i] = first[firstAt + i] | second[secondAt + i] << 8 | third[thirdAt + i] << 16;
    }
  }

  @Override
  public void invert(int[] pixels, int at, int lanes) {
    for (int i = at; i < at + lanes; i++) {
      pixels[i] ^= 0xffffff;
    }
  }

  @Override
  public void insertFourth(int[] fourth, int fourthAt, int[] pixels, int at, int lanes) {
    for (int i = 0; i < lanes; i++) {
      pixels[at + i] |= fourth[fourthAt + i] << 24;
    }
  }

  @Override
  public void multiply(int[] pixels, int at, int[] key, int keyAt, int lanes) {
    for (int i = 0; i < lanes; i++) {
      int pixel = pixels[at + i];
      int factor = key[keyAt + i];
      int red = product(pixel & 255, factor);
      int green = product(pixel >> 8 & 255, factor);
      pixels[at + i] = red | green << 8 | product(pixel >> 16, factor) << 16;
    }
  }

  private static int product(int ink, int key) {
    return (ink * key + 127) / 255;
  }

  @Override
  public void pack(int[] pixels, int at, int step, int lanes) {
    for (int i = at; i < at + lanes; i++) {
      int second = pixels[i + step];
      int third = pixels[i + 2 * step];
      pixels[i] |= second << 24;
      pixels[i + step] = second >>> 8 | third << 16;
      pixels[i + 2 * step] = third >>> 16 | pixels[i + 3 * step] << 8;
    }
  }
}
