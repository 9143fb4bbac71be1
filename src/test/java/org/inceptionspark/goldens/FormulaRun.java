package org.inceptionspark.goldens;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;

/** Networks with formula weights, run on formula images. */
public final class FormulaRun {
  private static final String IMAGES = "images";

  private FormulaRun() {}

  /** Runs the graph by this machine's kernels on as many images. */
  public static NetworkStream of(Graph graph, int batch, String... endPoints) {
    Kernels kernels = KernelSelector.select(KernelChoice.AUTO);
    NetworkStream stream = network(graph, kernels, endPoints).stream(batch);
    List<float[]> images = images(graph, batch);
    for (int slot = 0; slot < batch; slot++) {
      put(stream, slot, images.get(slot));
    }
    stream.run(batch);
    return stream;
  }

  public static Network network(Graph graph, Kernels kernels, String... endPoints) {
    return Network.build(graph, Formula.variables(graph.variables()), List.of(endPoints), kernels);
  }

  /** Different images of the graph's size. */
  public static List<float[]> images(Graph graph, int count) {
    MapShape map = graph.input().output();
    float[] all = Formula.smoothInput(IMAGES, count, map.height(), map.width());
    return IntStream.range(0, count)
        .mapToObj(i -> Arrays.copyOfRange(all, i * map.elements(), (i + 1) * map.elements()))
        .toList();
  }

  public static void put(NetworkStream stream, int slot, float[] image) {
    System.arraycopy(image, 0, stream.input(), stream.inputOffset(slot), image.length);
  }
}
