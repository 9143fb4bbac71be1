package org.inceptionspark.labeler;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;

/**
 * What one built-in image gives, as digests of the bits. A specification that goes to another JVM
 * takes its own JVM's along, and a labeler is made of it only where the same bits come out: a
 * miscompiled loop, a damaged weight or a processor that errs is found before it labels.
 */
final class SelfCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Larger than the network's input, so that cropping and resizing are checked too. */
  private static final int HEIGHT = 360;

  private static final int WIDTH = 480;

  private final TreeMap<String, String> digests = new TreeMap<>();

  private SelfCheck() {}

  /** Runs the image through preprocessing and network. */
  static SelfCheck run(LabelerSpec spec, Network network) {
    NetworkStream stream = network.stream(1);
    spec.preprocessing()
        .apply(
            image(),
            network.input().height(),
            network.input().width(),
            stream.input(),
            stream.inputOffset(0));
    stream.run(1);
    SelfCheck check = new SelfCheck();
    for (String endPoint : ImageLabeler.results(spec)) {
      check.digests.put(endPoint, digest(stream.result(endPoint, 0)));
    }
    return check;
  }

  /**
   * @param found what this JVM computes
   * @throws IllegalStateException if it is anything else, naming what differs
   */
  void require(SelfCheck found, String kernels) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> expected : digests.entrySet()) {
      String digest = found.digests.get(expected.getKey());
      if (!expected.getValue().equals(digest)) {
        differences.add(
            String.format(
                Locale.ROOT, "%s are %s, were %s", expected.getKey(), digest, expected.getValue()));
      }
    }
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "self-check failed, nothing is labelled here: of the built-in image, %s where the model was prepared; kernels: %s; JVM: %s",
              String.join(" and ", differences),
              kernels,
              jvm()));
    }
  }

  private static String jvm() {
    return String.join(
        " ",
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        System.getProperty("os.arch"));
  }

  /** The first 16 hex digits of SHA-256 over the bits. */
  private static String digest(float[] values) {
    ByteBuffer bits = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      bits.putInt(Float.floatToIntBits(value));
    }
    return HexFormat.of().formatHex(Sha256.digest().digest(bits.array()), 0, 8);
  }

  /** Crossing waves, another in each colour, by integers only. */
  private static RgbImage image() {
    byte[] rgb = new byte[HEIGHT * WIDTH * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int colour = 0; colour < 3; colour++) {
          int wave = wave(x * (3 + colour) + y) + wave(y * (5 - colour) - x) + (x * y % 7) * 8;
          rgb[(y * WIDTH + x) * 3 + colour] = (byte) Math.min(wave, 255);
        }
      }
    }
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  /** A triangle of 0 to 104 and back. */
  private static int wave(int phase) {
    int step = Math.floorMod(phase, 208);
    return Math.min(step, 208 - step);
  }
}
