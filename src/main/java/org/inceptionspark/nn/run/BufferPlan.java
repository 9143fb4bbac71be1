package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.nn.run.Buffer.Geometry;
import org.inceptionspark.nn.run.Plan.Array;
import org.inceptionspark.nn.run.Plan.Phase;

/**
 * Assigns each buffer an array. Buffers share one when their lifetimes do not overlap and their
 * geometries are equal, since borders must stay zero.
 */
final class BufferPlan {
  private final List<Phase> phases;
  private final Buffer input;
  private final Map<Buffer, Life> lives = new LinkedHashMap<>();
  private final List<Array> arrays = new ArrayList<>();

  /** The first and last step that touch a buffer, and the phases of these steps. */
  private static final class Life {
    final int firstPhase;
    final int firstStep;
    int lastPhase;
    int lastStep;

    Life(int phase, int step) {
      firstPhase = phase;
      firstStep = step;
    }
  }

  private BufferPlan(List<Phase> phases, Buffer input) {
    this.phases = phases;
    this.input = input;
  }

  /** Decides the extent and array of every buffer of the phases. */
  static List<Array> of(List<Phase> phases, Buffer input) {
    BufferPlan plan = new BufferPlan(phases, input);
    plan.findLives();
    plan.assign();
    return plan.arrays;
  }

  private void findLives() {
    touch(input, 0, 0);
    int number = 0;
    for (int phase = 0; phase < phases.size(); phase++) {
      for (Step step : phases.get(phase).steps()) {
        touch(step.source().buffer(), phase, number);
        for (View target : step.targets()) {
          touch(target.buffer(), phase, number);
        }
        number++;
      }
    }
    lives.forEach(
        (buffer, life) -> {
          if (buffer == input || life.firstPhase != life.lastPhase) {
            buffer.holdBatch();
          }
        });
  }

  private void touch(Buffer buffer, int phase, int step) {
    Life life = lives.computeIfAbsent(buffer, unused -> new Life(phase, step));
    life.lastPhase = phase;
    life.lastStep = step;
  }

  private void assign() {
    Map<Geometry, List<Buffer>> holders = new HashMap<>();
    lives.forEach(
        (buffer, life) -> {
          int group = phases.get(life.firstPhase).group();
          Geometry geometry = new Geometry(buffer.map(), buffer.border(), buffer.extent(), group);
          List<Buffer> previous = holders.computeIfAbsent(geometry, unused -> new ArrayList<>());
          int array = -1;
          for (Buffer holder : previous) {
            boolean latest = previous.stream().noneMatch(other -> later(other, holder));
            if (latest && ended(holder, life)) {
              array = holder.array();
            }
          }
          if (array < 0) {
            array = arrays.size();
            int pixel = buffer.columnPitch();
            arrays.add(new Array(buffer.imageSize(), pixel, buffer.extent(), group));
          }
          buffer.useArray(array);
          previous.add(buffer);
        });
  }

  /** Whether {@code other} took over the array of {@code holder}. */
  private boolean later(Buffer other, Buffer holder) {
    return other.array() == holder.array()
        && lives.get(other).firstStep > lives.get(holder).firstStep;
  }

  /**
   * Steps are numbered across all phases. Within a phase, groups of images pass one after another,
   * so a lifetime ends with the last read of a group.
   */
  private boolean ended(Buffer holder, Life next) {
    return holder != input && lives.get(holder).lastStep < next.firstStep;
  }
}
