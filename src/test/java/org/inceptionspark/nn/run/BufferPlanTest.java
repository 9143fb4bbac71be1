package org.inceptionspark.nn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.inceptionspark.goldens.NetworkGolden;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Plan.Phase;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Buffers share arrays, images share slots. The test walks the steps in the order of a run, without
 * arithmetic, and records whose numbers lie where: each step must find all the numbers that it
 * reads.
 */
class BufferPlanTest {
  private static final int BATCH = 9;

  static Stream<String> networks() {
    return NetworkGolden.NAMES.stream();
  }

  /** Whose numbers a slot of an array holds, and which of the channels are written. */
  private static final class Slot {
    Buffer owner;
    int image = -1;
    BitSet channels = new BitSet();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noReaderFindsAnothersNumbers(String name) {
    NetworkGolden golden = NetworkGolden.named(name);
    Graph graph = InceptionV3.network(golden.height(), golden.width(), golden.options());
    check(graph, List.copyOf(graph.endPoints()));
    check(graph, List.of(graph.endPoint("Mixed_6a"), graph.endPoint("Mixed_7c")));
  }

  private static void check(Graph graph, List<EndPoint> endPoints) {
    Plan plan =
        Planner.plan(
            graph,
            endPoints,
            zeros(graph),
            KernelSelector.select(KernelChoice.AUTO),
            Arithmetic.MINIMAL_FILTERS);
    requireEqualGeometries(plan);
    Map<String, Slot> slots = new HashMap<>();
    for (int image = 0; image < BATCH; image++) {
      write(plan, slots, View.whole(plan.input()), image);
    }
    for (Phase phase : plan.phases()) {
      for (int first = 0; first < BATCH; first += Math.min(phase.group(), BATCH)) {
        int last = Math.min(first + Math.min(phase.group(), BATCH), BATCH) - 1;
        for (Step step : phase.steps()) {
          requireOtherTargets(step);
          for (int image = first; image <= last; image++) {
            read(plan, slots, step, image);
            step.targets().forEach(new Writer(plan, slots, image)::write);
          }
        }
      }
    }
  }

  /** Nothing is computed here. */
  private static Map<String, Tensor> zeros(Graph graph) {
    Map<String, Tensor> zeros = new HashMap<>();
    for (Variable variable : graph.variables()) {
      float[] data = new float[variable.shape().elements()];
      zeros.put(variable.name(), new Tensor(variable.shape(), data));
    }
    return zeros;
  }

  private record Writer(Plan plan, Map<String, Slot> slots, int image) {
    void write(View target) {
      BufferPlanTest.write(plan, slots, target, image);
    }
  }

  /** Borders stay zero since nobody writes there: whoever shares must have the same. */
  private static void requireEqualGeometries(Plan plan) {
    Map<Integer, Buffer> firsts = new HashMap<>();
    for (Buffer buffer : buffers(plan)) {
      Buffer first = firsts.computeIfAbsent(buffer.array(), array -> buffer);
      assertThat(buffer.map()).isEqualTo(first.map());
      assertThat(buffer.border()).isEqualTo(first.border());
      assertThat(buffer.extent()).isEqualTo(first.extent());
    }
    assertThat(firsts.keySet()).as("arrays in use").hasSameSizeAs(plan.arrays());
    assertThat(firsts.size()).as("arrays are shared").isLessThan(buffers(plan).size());
  }

  /** Windows overlap, so a step may not write where it still reads. */
  private static void requireOtherTargets(Step step) {
    assertThat(step.targets())
        .as("%s writes over its source", step.name())
        .noneMatch(target -> target.buffer().array() == step.source().buffer().array());
  }

  private static Set<Buffer> buffers(Plan plan) {
    Set<Buffer> buffers = new HashSet<>(List.of(plan.input()));
    for (Phase phase : plan.phases()) {
      for (Step step : phase.steps()) {
        buffers.add(step.source().buffer());
        step.targets().forEach(target -> buffers.add(target.buffer()));
      }
    }
    return buffers;
  }

  private static void write(Plan plan, Map<String, Slot> slots, View target, int image) {
    Slot slot = slot(plan, slots, target.buffer(), image);
    if (slot.owner != target.buffer() || slot.image != image) {
      slot.owner = target.buffer();
      slot.image = image;
      slot.channels = new BitSet();
    }
    slot.channels.set(target.channel(), target.channel() + target.channels());
  }

  private static void read(Plan plan, Map<String, Slot> slots, Step step, int image) {
    View source = step.source();
    Slot slot = slot(plan, slots, source.buffer(), image);
    List<String> wrong = new ArrayList<>();
    if (slot.owner != source.buffer()) {
      wrong.add("another map's numbers");
    }
    if (slot.image != image) {
      wrong.add("image " + slot.image);
    }
    if (slot.channels.nextClearBit(source.channel()) < source.channel() + source.channels()) {
      wrong.add("channels not written");
    }
    assertThat(wrong).as("%s reads for image %d", step.name(), image).isEmpty();
  }

  private static Slot slot(Plan plan, Map<String, Slot> slots, Buffer buffer, int image) {
    int group = plan.arrays().get(buffer.array()).images(BATCH);
    int number = buffer.extent() == Buffer.Extent.BATCH ? image : image % group;
    assertThat(number).as("slot").isLessThan(group);
    return slots.computeIfAbsent(buffer.array() + "/" + number, key -> new Slot());
  }
}
