package org.inceptionspark.goldens;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;

/**
 * Weights and inputs in which every number follows from its name and index, so that TensorFlow's
 * results on them can be compared without a file of weights.
 */
public final class Formula {
  private Formula() {}

  /** The value of each variable, by name. */
  public static Map<String, Tensor> variables(List<Variable> variables) {
    return variables.parallelStream()
        .collect(Collectors.toMap(Variable::name, v -> variable(v.name(), v.shape())));
  }

  /** The value of one variable; which rule holds is decided by the last part of its name. */
  public static Tensor variable(String name, Shape shape) {
    int hash = hash(name);
    float[] data = new float[shape.elements()];
    String kind = name.substring(name.lastIndexOf('/') + 1);
    float scale = kind.equals("weights") ? (float) Math.sqrt(6.0 / fanIn(shape)) : 0f;
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (kind) {
            case "weights" -> centred(hash, i) * scale;
            case "moving_variance", "gamma" -> 0.75f + 0.5f * uniform(hash, i);
            case "moving_mean", "biases" -> centred(hash, i) * 0.125f;
            case "beta" -> centred(hash, i) * 0.25f;
            default -> throw new IllegalArgumentException("no formula for " + name);
          };
    }
    return new Tensor(shape, data);
  }

  /** A picture of noise: uint8 [height, width, 3]. */
  public static byte[] imageU8(String name, int height, int width) {
    int hash = hash(name);
    byte[] image = new byte[height * width * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (int) (256 * uniform(hash, i));
    }
    return image;
  }

  /** Soft shapes with a little noise, in [-1, 1]: float32 [batch, height, width, 3]. */
  public static float[] smoothInput(String name, int batch, int height, int width) {
    float[] input = new float[batch * height * width * 3];
    for (int image = 0; image < batch; image++) {
      fillSmooth(name + "/" + image, height, width, input, image * height * width * 3);
    }
    return input;
  }

  private static void fillSmooth(String name, int height, int width, float[] input, int offset) {
    int lattice = hash(name + "/lattice");
    int noise = hash(name + "/noise");
    for (int r = 0; r < height; r++) {
      double y = r * (8.0 / height);
      int y0 = (int) y;
      double fy = y - y0;
      for (int q = 0; q < width; q++) {
        double x = q * (8.0 / width);
        int x0 = (int) x;
        double fx = x - x0;
        for (int c = 0; c < 3; c++) {
          double top = at(lattice, y0, x0, c) * (1 - fx) + at(lattice, y0, x0 + 1, c) * fx;
          double bottom =
              at(lattice, y0 + 1, x0, c) * (1 - fx) + at(lattice, y0 + 1, x0 + 1, c) * fx;
          double smooth = top * (1 - fy) + bottom * fy;
          int i = (r * width + q) * 3 + c;
          float rough = 0.15f * centred(noise, i);
          input[offset + i] = (float) Math.max(-1, Math.min(1, 0.85 * smooth + (double) rough));
        }
      }
    }
  }

  private static double at(int lattice, int row, int column, int channel) {
    return centred(lattice, (row * 9 + column) * 3 + channel);
  }

  private static int fanIn(Shape shape) {
    return shape.elements() / shape.lastDimension();
  }

  private static float centred(int hash, int index) {
    return 2 * uniform(hash, index) - 1;
  }

  private static float uniform(int hash, int index) {
    int x = hash + index * 0x9E3779B1;
    x ^= x >>> 16;
    x *= 0x85EBCA6B;
    x ^= x >>> 13;
    x *= 0xC2B2AE35;
    x ^= x >>> 16;
    return (x >>> 8) * 0x1p-24f;
  }

  /** FNV-1a. */
  private static int hash(String name) {
    int hash = 0x811C9DC5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    return hash;
  }
}
