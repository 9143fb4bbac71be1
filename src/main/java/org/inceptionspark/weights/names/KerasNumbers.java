package org.inceptionspark.weights.names;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The names that Keras generates: {@code conv2d}, {@code conv2d_7}. Numbers are in the order of
 * creation, but start at 0, 1 or anywhere else: only their rank counts.
 */
final class KerasNumbers {
  static final Pattern CONVOLUTION = Pattern.compile("conv2d(?:_(\\d{1,9}))?");
  static final Pattern NORMALISATION = Pattern.compile("batch_normalization(?:_(\\d{1,9}))?");

  private KerasNumbers() {}

  /**
   * The layers of a kind, lowest number first.
   *
   * @throws WeightsException UNSUPPORTED if there are some, but not as many as expected
   */
  static List<String> inOrder(
      Collection<String> layers, Pattern kind, int expected, String plural, String source) {
    SortedMap<Integer, String> numbered = new TreeMap<>();
    for (String layer : layers) {
      Matcher name = kind.matcher(layer);
      if (name.matches()) {
        numbered.put(name.group(1) == null ? 0 : Integer.parseInt(name.group(1)), layer);
      }
    }
    if (numbered.size() != expected && !numbered.isEmpty()) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "Inception V3 has " + expected + " " + plural + ", found " + numbered.size());
    }
    return List.copyOf(numbered.values());
  }
}
