package org.inceptionspark.nn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.kernels.EveryKernel;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Activation;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.GraphBuilder;
import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.nn.Padding;
import org.inceptionspark.nn.run.ProductScheme.Place;
import org.inceptionspark.nn.run.ProductScheme.Product;
import org.inceptionspark.nn.run.ProductScheme.Term;
import org.inceptionspark.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seven products of halves are the product of the whole; an image's bits are its own. */
class StrassenTest {
  private static final String[] RESULTS = {"one", "other"};
  private static final int IMAGES = 7;

  /** The identity of matrices, on halves of one number each. */
  @Test
  void theSevenProductsAreTheProduct() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      int[][] a = matrix(random);
      int[][] b = matrix(random);
      int[][] c = new int[2][2];
      for (Product product : ProductScheme.STRASSEN.products()) {
        int value = sum(product.left(), a) * sum(product.right(), b);
        for (Place place : product.places()) {
          Term part = place.part();
          c[part.row()][part.column()] += (int) part.factor() * value;
        }
      }
      assertThat(c).isDeepEqualTo(product(a, b));
    }
  }

  /** Of 49 pixels one has no partner; of 514 channels and 34 outputs no vector is full. */
  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void nearToTheDirectProduct(int width) {
    Graph graph = graph(width);
    List<float[]> images = images(graph);
    Kernels kernels = EveryKernel.fresh();
    NetworkStream strassen = network(graph, kernels, Arithmetic.MINIMAL_FILTERS).stream(IMAGES);
    NetworkStream direct = network(graph, kernels, Arithmetic.DIRECT).stream(IMAGES);
    run(strassen, images);
    run(direct, images);
    for (String result : RESULTS) {
      for (int image = 0; image < IMAGES; image++) {
        float[] expected = direct.result(result, image);
        float[] found = strassen.result(result, image);
        assertThat(found).as("%s of %d", result, image).isNotEqualTo(expected);
        assertThat(found).containsExactly(expected, within(2e-5f));
      }
    }
  }

  @Test
  void theSameBitsInEveryBatchAndByEveryKernel() {
    Graph graph = graph(7);
    List<float[]> images = images(graph);
    NetworkStream one =
        network(graph, EveryKernel.all().get("scalar"), Arithmetic.MINIMAL_FILTERS).stream(1);
    List<int[]> expected = new ArrayList<>();
    for (float[] image : images) {
      run(one, List.of(image));
      expected.add(bits(one, 0));
    }
    for (Map.Entry<String, Kernels> kernels : EveryKernel.all().entrySet()) {
      Network network = network(graph, kernels.getValue(), Arithmetic.MINIMAL_FILTERS);
      for (int batch = 1; batch <= IMAGES; batch++) {
        NetworkStream stream = network.stream(batch);
        run(stream, images.subList(IMAGES - batch, IMAGES));
        for (int slot = 0; slot < batch; slot++) {
          assertThat(bits(stream, slot))
              .as("%s, %d of %d", kernels.getKey(), slot, batch)
              .isEqualTo(expected.get(IMAGES - batch + slot));
        }
      }
    }
  }

  private static int[][] matrix(Random random) {
    return new int[][] {
      {random.nextInt(100), random.nextInt(100)}, {random.nextInt(100), random.nextInt(100)}
    };
  }

  private static int sum(List<Term> terms, int[][] matrix) {
    return terms.stream()
        .mapToInt(term -> (int) term.factor() * matrix[term.row()][term.column()])
        .sum();
  }

  private static int[][] product(int[][] a, int[][] b) {
    int[][] c = new int[2][2];
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 2; column++) {
        c[row][column] = a[row][0] * b[0][column] + a[row][1] * b[1][column];
      }
    }
    return c;
  }

  private static Graph graph(int width) {
    MapShape map = new MapShape(7, width, 514);
    GraphBuilder builder =
        new GraphBuilder(map, Normalization.BATCH_NORM, depth -> depth, Divisor.EXISTING);
    Window window = new Window(new KernelSize(1, 1), 1, Padding.SAME);
    int[] outputs = {34, 96};
    for (int i = 0; i < RESULTS.length; i++) {
      String scope = "Test/" + RESULTS[i];
      builder.endPoint(
          RESULTS[i],
          builder.convolution(
              scope,
              builder.input(),
              window,
              outputs[i],
              Normalization.BATCH_NORM,
              Activation.RELU));
    }
    return builder.build();
  }

  private static List<float[]> images(Graph graph) {
    List<float[]> images = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < IMAGES; i++) {
      float[] image = new float[graph.input().output().elements()];
      for (int j = 0; j < image.length; j++) {
        image[j] = (float) random.nextGaussian();
      }
      images.add(image);
    }
    return images;
  }

  private static Network network(Graph graph, Kernels kernels, Arithmetic arithmetic) {
    Map<String, Tensor> variables = Formula.variables(graph.variables());
    return Network.build(graph, variables, List.of(RESULTS), kernels, arithmetic);
  }

  private static void run(NetworkStream stream, List<float[]> images) {
    for (int slot = 0; slot < images.size(); slot++) {
      float[] image = images.get(slot);
      System.arraycopy(image, 0, stream.input(), stream.inputOffset(slot), image.length);
    }
    stream.run(images.size());
  }

  private static int[] bits(NetworkStream stream, int image) {
    return Arrays.stream(RESULTS)
        .map(result -> stream.result(result, image))
        .flatMapToInt(floats -> Arrays.stream(rawBits(floats)))
        .toArray();
  }

  private static int[] rawBits(float[] floats) {
    int[] bits = new int[floats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(floats[i]);
    }
    return bits;
  }
}
