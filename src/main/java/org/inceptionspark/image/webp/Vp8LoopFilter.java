package org.inceptionspark.image.webp;

/** VP8's loop filter (RFC 6386, section 15), which smooths the edges of blocks. */
final class Vp8LoopFilter {
  private final boolean simple;
  private final int sharpness;

  Vp8LoopFilter(boolean simple, int sharpness) {
    this.simple = simple;
    this.sharpness = sharpness;
  }

  /**
   * Filters one macroblock's left and upper edge, and the edges inside it.
   *
   * @param level 1 to 63; 0 leaves it as it is
   */
  void apply(Vp8Frame frame, int column, int row, int level, boolean inner) {
    if (level == 0) {
      return;
    }
    int interior = level;
    if (sharpness > 0) {
      interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    interior = Math.max(1, interior);
    int limit = 2 * level + interior;
    int highVariance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    plane(frame.luma, 16 * column, 16 * row, 16, limit, interior, highVariance, inner);
    if (!simple) {
      plane(frame.u, 8 * column, 8 * row, 8, limit, interior, highVariance, inner);
      plane(frame.v, 8 * column, 8 * row, 8, limit, interior, highVariance, inner);
    }
  }

  private void plane(
      Vp8Plane plane,
      int x,
      int y,
      int size,
      int limit,
      int interior,
      int variance,
      boolean inner) {
    int at = plane.at(x, y);
    int stride = plane.stride;
    if (x > 0) {
      edge(plane.samples, at, 1, stride, size, limit + 4, interior, variance, true);
    }
    for (int i = 4; inner && i < size; i += 4) {
      edge(plane.samples, at + i, 1, stride, size, limit, interior, variance, false);
    }
    if (y > 0) {
      edge(plane.samples, at, stride, 1, size, limit + 4, interior, variance, true);
    }
    for (int i = 4; inner && i < size; i += 4) {
      edge(plane.samples, at + i * stride, stride, 1, size, limit, interior, variance, false);
    }
  }

  /**
   * One edge of {@code size} samples: {@code across} is the stride over it, {@code along} the
   * stride along it.
   */
  private void edge(
      byte[] p,
      int start,
      int across,
      int along,
      int size,
      int limit,
      int interior,
      int variance,
      boolean outer) {
    int most = 2 * limit + 1;
    for (int i = 0, at = start; i < size; i++, at += along) {
      int p1 = p[at - 2 * across] & 0xff;
      int p0 = p[at - across] & 0xff;
      int q0 = p[at] & 0xff;
      int q1 = p[at + across] & 0xff;
      if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
        continue;
      }
      if (simple) {
        two(p, at, across, p1, p0, q0, q1);
        continue;
      }
      int p3 = p[at - 4 * across] & 0xff;
      int p2 = p[at - 3 * across] & 0xff;
      int q2 = p[at + 2 * across] & 0xff;
      int q3 = p[at + 3 * across] & 0xff;
      int p10 = Math.abs(p1 - p0);
      int q10 = Math.abs(q1 - q0);
      if (Math.abs(p3 - p2) > interior
          || Math.abs(p2 - p1) > interior
          || p10 > interior
          || Math.abs(q3 - q2) > interior
          || Math.abs(q2 - q1) > interior
          || q10 > interior) {
        continue;
      }
      if (p10 > variance || q10 > variance) {
        two(p, at, across, p1, p0, q0, q1);
      } else if (outer) {
        six(p, at, across, p1, p0, q0, q1);
      } else {
        four(p, at, across, p1, p0, q0, q1);
      }
    }
  }

  private static void two(byte[] p, int at, int step, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0) + signed8(p1 - q1);
    p[at - step] = unsigned8(p0 + signed5((a + 3) >> 3));
    p[at] = unsigned8(q0 - signed5((a + 4) >> 3));
  }

  private static void four(byte[] p, int at, int step, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0);
    int a1 = signed5((a + 4) >> 3);
    int a2 = signed5((a + 3) >> 3);
    int a3 = (a1 + 1) >> 1;
    p[at - 2 * step] = unsigned8(p1 + a3);
    p[at - step] = unsigned8(p0 + a2);
    p[at] = unsigned8(q0 - a1);
    p[at + step] = unsigned8(q1 - a3);
  }

  private static void six(byte[] p, int at, int step, int p1, int p0, int q0, int q1) {
    int a = signed8(3 * (q0 - p0) + signed8(p1 - q1));
    int a1 = (27 * a + 63) >> 7;
    int a2 = (18 * a + 63) >> 7;
    int a3 = (9 * a + 63) >> 7;
    p[at - 3 * step] = unsigned8((p[at - 3 * step] & 0xff) + a3);
    p[at - 2 * step] = unsigned8(p1 + a2);
    p[at - step] = unsigned8(p0 + a1);
    p[at] = unsigned8(q0 - a1);
    p[at + step] = unsigned8(q1 - a2);
    p[at + 2 * step] = unsigned8((p[at + 2 * step] & 0xff) - a3);
  }

  private static int signed8(int value) {
    return Math.max(-128, Math.min(127, value));
  }

  private static int signed5(int value) {
    return Math.max(-16, Math.min(15, value));
  }

  private static byte unsigned8(int value) {
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }
}
