package org.inceptionspark.nn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.FormulaRun;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.kernels.EveryKernel;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Graph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An image's results have the same bits, whatever runs beside it and whatever it runs on. */
class SameBitsTest {
  private static final String[] RESULTS = {"Mixed_5d", "Mixed_7c", "PreLogits", "Logits"};
  private static final int IMAGES = 16;

  private static final Graph TENTH =
      InceptionV3.network(
          299, 299, InceptionV3Options.builder(12).depthMultiplier(0.1).withoutAuxLogits().build());
  private static final List<float[]> PICTURES = FormulaRun.images(TENTH, IMAGES);
  private static final Network NETWORK =
      FormulaRun.network(TENTH, EveryKernel.all().get("scalar"), RESULTS);
  private static final List<int[]> EXPECTED = alone(NETWORK);

  @Test
  void everyImageIsAnother() {
    assertThat(EXPECTED.stream().map(Arrays::hashCode).distinct()).hasSize(IMAGES);
  }

  @Test
  void scalarAndEveryVectorWidth() {
    for (Map.Entry<String, Kernels> kernels : EveryKernel.all().entrySet()) {
      Network network = FormulaRun.network(TENTH, kernels.getValue(), RESULTS);
      assertSame(network.stream(IMAGES), places(IMAGES), kernels.getKey());
    }
  }

  @Test
  void batchesOf1To16InAnyOrder() {
    Network network = FormulaRun.network(TENTH, EveryKernel.fresh(), RESULTS);
    Random random = new Random(7);
    NetworkStream largest = network.stream(IMAGES);
    for (int batch = 1; batch <= IMAGES; batch++) {
      List<Integer> places = places(IMAGES);
      Collections.shuffle(places, random);
      assertSame(network.stream(batch), places.subList(0, batch), "batch of " + batch);
      Collections.shuffle(places, random);
      assertSame(largest, places.subList(0, batch), batch + " in a stream of 16");
    }
  }

  /** A stream that held other numbers before: nothing of them may stay. */
  @Test
  void neighboursThatAreNotNumbers() {
    NetworkStream stream = FormulaRun.network(TENTH, EveryKernel.fresh(), RESULTS).stream(4);
    float[] nothing = new float[PICTURES.get(0).length];
    Arrays.fill(nothing, Float.NaN);
    for (int slot = 0; slot < 4; slot++) {
      FormulaRun.put(stream, slot, nothing);
    }
    stream.run(4);
    FormulaRun.put(stream, 1, PICTURES.get(5));
    stream.run(4);
    assertThat(bits(stream, 1)).isEqualTo(EXPECTED.get(5));
    assertSame(stream, List.of(3, 8, 1, 0), "after images of NaN");
  }

  @Test
  @Tag("slow")
  void onceCompiledAsWhenInterpreted() {
    NetworkStream stream = FormulaRun.network(TENTH, EveryKernel.fresh(), RESULTS).stream(2);
    for (int round = 0; round < 100; round++) {
      int first = round % (IMAGES - 1);
      assertSame(stream, List.of(first, first + 1), "round " + round);
    }
  }

  @Test
  void threadsWithAStreamEach() throws InterruptedException, ExecutionException {
    Network network = FormulaRun.network(TENTH, EveryKernel.fresh(), RESULTS);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int seed = thread;
        done.add(
            threads.submit(
                () -> {
                  NetworkStream stream = network.stream(3);
                  List<Integer> places = places(IMAGES);
                  for (int round = 0; round < 4; round++) {
                    Collections.shuffle(places, new Random(seed * 10L + round));
                    assertSame(stream, places.subList(0, 3), "thread " + seed);
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Their bits differ from those of others, but are always the same. */
  @Test
  void directSums() {
    List<int[]> found = new ArrayList<>();
    for (Map.Entry<String, Kernels> kernels : EveryKernel.all().entrySet()) {
      Network network =
          Network.build(
              TENTH,
              Formula.variables(TENTH.variables()),
              List.of(RESULTS),
              kernels.getValue(),
              Arithmetic.DIRECT);
      for (int batch : new int[] {1, 5}) {
        NetworkStream stream = network.stream(batch);
        FormulaRun.put(stream, 0, PICTURES.get(batch));
        FormulaRun.put(stream, batch - 1, PICTURES.get(3));
        stream.run(batch);
        found.add(bits(stream, batch - 1));
        assertThat(found.get(found.size() - 1))
            .as("%s, batch of %d", kernels.getKey(), batch)
            .isEqualTo(found.get(0))
            .isNotEqualTo(EXPECTED.get(3));
      }
    }
  }

  @Test
  void fullWidth() {
    Graph graph = InceptionV3.network(299, 299, InceptionV3Options.of(1001));
    Map<String, Kernels> kernels = EveryKernel.all();
    Network scalar = FormulaRun.network(graph, kernels.get("scalar"), RESULTS);
    NetworkStream one = scalar.stream(1);
    FormulaRun.put(one, 0, PICTURES.get(2));
    one.run(1);
    int[] expected = bits(one, 0);
    String widest = "vector " + EveryKernel.widest();
    for (String name : List.of("vector 128", widest)) {
      NetworkStream three = FormulaRun.network(graph, kernels.get(name), RESULTS).stream(3);
      for (int slot = 0; slot < 3; slot++) {
        FormulaRun.put(three, slot, PICTURES.get(slot));
      }
      three.run(3);
      assertThat(bits(three, 2)).as(name).isEqualTo(expected);
    }
  }

  private static List<int[]> alone(Network network) {
    NetworkStream stream = network.stream(1);
    List<int[]> results = new ArrayList<>();
    for (float[] picture : PICTURES) {
      FormulaRun.put(stream, 0, picture);
      stream.run(1);
      results.add(bits(stream, 0));
    }
    return results;
  }

  private static List<Integer> places(int count) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(i);
    }
    return places;
  }

  private static void assertSame(NetworkStream stream, List<Integer> pictures, String when) {
    for (int slot = 0; slot < pictures.size(); slot++) {
      FormulaRun.put(stream, slot, PICTURES.get(pictures.get(slot)));
    }
    stream.run(pictures.size());
    for (int slot = 0; slot < pictures.size(); slot++) {
      assertThat(Arrays.equals(bits(stream, slot), EXPECTED.get(pictures.get(slot))))
          .as("%s: image %d in place %d", when, pictures.get(slot), slot)
          .isTrue();
    }
  }

  private static int[] bits(NetworkStream stream, int image) {
    return Arrays.stream(RESULTS)
        .map(name -> stream.result(name, image))
        .flatMapToInt(SameBitsTest::bits)
        .toArray();
  }

  private static IntStream bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i]));
  }
}
