package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.nn.run.Plan.Phase;

/** Cuts the steps into phases by the size of the maps they read. */
final class Phases {
  private static final int WHOLE_BATCH = Integer.MAX_VALUE;

  private Phases() {}

  static List<Phase> of(List<Step> steps) {
    List<Phase> phases = new ArrayList<>();
    List<Step> open = new ArrayList<>();
    int group = group(steps.get(0));
    for (Step step : steps) {
      int next = step instanceof Capture ? group : group(step);
      if (next != group) {
        phases.add(new Phase(group, List.copyOf(open)));
        open.clear();
        group = next;
      }
      open.add(step);
    }
    phases.add(new Phase(group, List.copyOf(open)));
    return phases;
  }

  /**
   * Images that pass together. A 147x147x64 map is 5.5 MB: one at a time. Four 35x35x288 maps are
   * 5.6 MB, and read each block's weights once for all four. For smaller maps, weights are larger
   * than maps.
   */
  private static int group(Step step) {
    int pixels = step.sourceMap().pixels();
    if (pixels > 40 * 40) {
      return 1;
    }
    return pixels > 20 * 20 ? 4 : WHOLE_BATCH;
  }
}
