package org.inceptionspark.page;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Quantities as bars from zero, each with its name and its number, so that nothing depends on
 * colour or on seeing.
 *
 * @param caption what is counted
 * @param bars from top to bottom; the longest value fills the width
 */
public record Bars(String caption, List<Bar> bars) implements Block {

  /**
   * One quantity.
   *
   * @param value at least zero
   * @param shown the value as text
   * @param before the same quantity at an earlier time: a tick beside the bar
   * @param note in small print after the number, or empty
   */
  public record Bar(String label, double value, String shown, OptionalDouble before, String note) {
    public static Bar of(String label, double value, String shown) {
      return new Bar(label, value, shown, OptionalDouble.empty(), "");
    }

    /** The same bar with a tick where the value was before. */
    public Bar before(double earlier, String words) {
      return new Bar(label, value, shown, OptionalDouble.of(earlier), words);
    }
  }

  public Bars {
    bars = List.copyOf(bars);
  }

  public static Bars of(String caption, List<Bar> bars) {
    return new Bars(caption, bars);
  }

  /** The length of a bar in hundredths of the longest. */
  public double length(double value) {
    double longest =
        bars.stream().mapToDouble(bar -> Math.max(bar.value, bar.before.orElse(0))).max().orElse(0);
    return longest > 0 ? Math.round(10_000 * value / longest) / 100.0 : 0;
  }
}
