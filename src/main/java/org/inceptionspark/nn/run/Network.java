package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.tensor.Tensor;

/** A graph with its weights, ready to run: immutable, shared by all streams of a JVM. */
public final class Network {
  private final MapShape input;
  private final Plan plan;
  private final Kernels kernels;

  private Network(MapShape input, Plan plan, Kernels kernels) {
    this.input = input;
    this.plan = plan;
    this.kernels = kernels;
  }

  /** The same with the fastest arithmetic. */
  public static Network build(
      Graph graph, Map<String, Tensor> variables, List<String> endPoints, Kernels kernels) {
    return build(graph, variables, endPoints, kernels, Arithmetic.MINIMAL_FILTERS);
  }

  /**
   * Folds, packs and plans.
   *
   * @param variables by Slim's name; those that the end points do not need are ignored
   * @param endPoints names of the results that streams will give
   * @throws IllegalArgumentException if an end point is unknown or a variable missing
   */
  public static Network build(
      Graph graph,
      Map<String, Tensor> variables,
      List<String> endPoints,
      Kernels kernels,
      Arithmetic arithmetic) {
    List<EndPoint> wanted = new ArrayList<>();
    endPoints.stream().distinct().forEach(name -> wanted.add(graph.endPoint(name)));
    Plan plan = Planner.plan(graph, wanted, variables, kernels, arithmetic);
    return new Network(graph.input().output(), plan, kernels);
  }

  /** The shape of one image. */
  public MapShape input() {
    return input;
  }

  public Kernels kernels() {
    return kernels;
  }

  /** Bytes of the packed weights, which all streams share. */
  public long bytes() {
    return plan.phases().stream()
        .flatMap(phase -> phase.steps().stream())
        .mapToLong(Step::weightBytes)
        .sum();
  }

  /** Whether a stream belongs to this network. */
  public boolean owns(NetworkStream stream) {
    return stream.runs(plan);
  }

  /**
   * Memory for one thread to run up to {@code batch} images at a time.
   *
   * @throws IllegalArgumentException if the batch is below 1
   */
  public NetworkStream stream(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1: found " + batch);
    }
    return new NetworkStream(plan, batch);
  }
}
