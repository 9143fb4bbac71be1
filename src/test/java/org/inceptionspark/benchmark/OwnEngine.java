package org.inceptionspark.benchmark;

import java.util.List;
import java.util.Map;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.nn.run.StepListener;
import org.inceptionspark.tensor.Tensor;

/** This project's engine. */
final class OwnEngine implements Engine {
  private final Network network;
  private final NetworkStream stream;
  private final int batch;

  OwnEngine(Graph graph, Map<String, Tensor> variables, float[] images, KernelChoice kernels) {
    List<String> endPoints = List.of("PreLogits", "Logits");
    network = Network.build(graph, variables, endPoints, KernelSelector.select(kernels));
    int size = network.input().elements();
    batch = images.length / size;
    stream = network.stream(batch);
    for (int i = 0; i < batch; i++) {
      System.arraycopy(images, i * size, stream.input(), stream.inputOffset(i), size);
    }
  }

  @Override
  public String name() {
    return "inception-spark";
  }

  String kernels() {
    return network.kernels().description();
  }

  long networkBytes() {
    return network.bytes();
  }

  long streamBytes() {
    return stream.bytes();
  }

  @Override
  public void run() {
    stream.run(batch);
  }

  void run(StepListener listener) {
    stream.run(batch, listener);
  }

  @Override
  public float[] prelogits() {
    float[] all = new float[batch * 2048];
    for (int i = 0; i < batch; i++) {
      System.arraycopy(stream.result("PreLogits", i), 0, all, i * 2048, 2048);
    }
    return all;
  }

  @Override
  public void close() {}
}
