package org.inceptionspark.labeler;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;

/**
 * The result for one built-in image, as digests of the bits. A specification carries those of its
 * own JVM to others, and a labeler is made from it only where the same bits come out: a decoder
 * that differs, a miscompiled loop, a damaged weight or a faulty processor is found before it
 * labels.
 */
final class SelfCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pixels allowed for the built-in image, which is larger than the network's input. */
  private static final long MOST_PIXELS = 400 * 330;

  /** Inputs for which it is decoded at 1/8, 1/4 and 1/2. */
  private static final int[] SIDES_OF_CUTS = {32, 64, 128};

  private final TreeMap<String, String> digests = new TreeMap<>();

  private SelfCheck() {}

  /** Runs the image, a JPEG, through decoder, preprocessing and network. */
  static SelfCheck run(LabelerSpec spec, Network network) {
    NetworkStream stream = network.stream(1);
    SelfCheck check = new SelfCheck();
    ImageDecoder decoder = new ImageDecoder(Orientation.IGNORE, MOST_PIXELS);
    try {
      byte[] jpeg = image();
      check.digests.put("its pixels", digest(decoder.decode(jpeg).pixels().rgb()));
      if (spec.decoding() == Decoding.SCALED) {
        check.addCuts(spec, jpeg);
      }
      decoder.decodeInto(
          jpeg,
          spec.preprocessing(),
          network.input().height(),
          network.input().width(),
          stream.input(),
          stream.inputOffset(0));
    } catch (ImageException e) {
      throw new IllegalStateException("self-check failed: the built-in image is not an image", e);
    }
    stream.run(1);
    for (String endPoint : ImageLabeler.results(spec)) {
      check.digests.put(endPoint, digest(stream.result(endPoint, 0)));
    }
    return check;
  }

  /** The image is too small to be scaled for the network, but not for smaller inputs. */
  private void addCuts(LabelerSpec spec, byte[] jpeg) throws ImageException {
    ImageDecoder decoder = new ImageDecoder(Orientation.IGNORE, Decoding.SCALED, MOST_PIXELS);
    for (int side : SIDES_OF_CUTS) {
      float[] input = new float[side * side * 3];
      decoder.decodeInto(jpeg, spec.preprocessing(), side, side, input, 0);
      digests.put("inputs of " + side + " pixels a side", digest(input));
    }
  }

  /**
   * @param found what this JVM computes
   * @throws IllegalStateException if anything differs, naming it
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

  @Override
  public boolean equals(Object other) {
    return other instanceof SelfCheck check && digests.equals(check.digests);
  }

  @Override
  public int hashCode() {
    return digests.hashCode();
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
    return digest(bits.array());
  }

  private static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, 8);
  }

  /** The image: crossing waves, with restart markers and chroma of half the size. */
  private static byte[] image() {
    try (InputStream stream = SelfCheck.class.getResourceAsStream("self-check.jpg")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
