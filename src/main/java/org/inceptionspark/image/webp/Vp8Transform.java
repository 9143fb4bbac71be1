package org.inceptionspark.image.webp;

/** VP8's inverse transforms (RFC 6386, section 14), in its integer arithmetic. */
final class Vp8Transform {
  private static final int SINE = 35468; // sqrt(2) sin(pi/8), 16 bits of fraction
  private static final int COSINE = 20091; // sqrt(2) cos(pi/8) - 1

  private final int[] columns = new int[16];

  /** Adds the 4 x 4 block whose coefficients begin at {@code from} to the predicted samples. */
  void add(short[] coefficients, int from, byte[] samples, int at, int stride) {
    for (int i = 0; i < 4; i++) {
      int in = from + i;
      int a = coefficients[in] + coefficients[in + 8];
      int b = coefficients[in] - coefficients[in + 8];
      int c = sine(coefficients[in + 4]) - cosine(coefficients[in + 12]);
      int d = cosine(coefficients[in + 4]) + sine(coefficients[in + 12]);
      columns[4 * i] = a + d;
      columns[4 * i + 1] = b + c;
      columns[4 * i + 2] = b - c;
      columns[4 * i + 3] = a - d;
    }
    for (int i = 0; i < 4; i++) {
      int out = at + i * stride;
      int first = columns[i] + 4;
      int a = first + columns[i + 8];
      int b = first - columns[i + 8];
      int c = sine(columns[i + 4]) - cosine(columns[i + 12]);
      int d = cosine(columns[i + 4]) + sine(columns[i + 12]);
      samples[out] = sum(samples[out], a + d);
      samples[out + 1] = sum(samples[out + 1], b + c);
      samples[out + 2] = sum(samples[out + 2], b - c);
      samples[out + 3] = sum(samples[out + 3], a - d);
    }
  }

  /** Second-order luma: sixteen DC coefficients of blocks that begin every 16 coefficients. */
  void spread(short[] second, short[] coefficients) {
    for (int i = 0; i < 4; i++) {
      int a = second[i] + second[12 + i];
      int b = second[4 + i] + second[8 + i];
      int c = second[4 + i] - second[8 + i];
      int d = second[i] - second[12 + i];
      columns[i] = a + b;
      columns[8 + i] = a - b;
      columns[4 + i] = d + c;
      columns[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int first = columns[4 * i] + 3;
      int a = first + columns[4 * i + 3];
      int b = columns[4 * i + 1] + columns[4 * i + 2];
      int c = columns[4 * i + 1] - columns[4 * i + 2];
      int d = first - columns[4 * i + 3];
      coefficients[64 * i] = (short) ((a + b) >> 3);
      coefficients[64 * i + 16] = (short) ((d + c) >> 3);
      coefficients[64 * i + 32] = (short) ((a - b) >> 3);
      coefficients[64 * i + 48] = (short) ((d - c) >> 3);
    }
  }

  private static int sine(int value) {
    return (value * SINE) >> 16;
  }

  private static int cosine(int value) {
    return ((value * COSINE) >> 16) + value;
  }

  private static byte sum(byte sample, int residue) {
    int value = (sample & 0xff) + (residue >> 3);
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }
}
