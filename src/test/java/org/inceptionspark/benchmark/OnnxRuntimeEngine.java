package org.inceptionspark.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.onnx.ChannelsFirst;
import org.inceptionspark.nn.onnx.OnnxExport;
import org.inceptionspark.tensor.Tensor;

/** ONNX Runtime in one thread, on the same weights. */
final class OnnxRuntimeEngine implements Engine {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final OnnxTensor input;
  private float[] prelogits = {};

  OnnxRuntimeEngine(Graph graph, Map<String, Tensor> variables, float[] images)
      throws OrtException {
    byte[] model = OnnxExport.of(graph, variables, List.of("PreLogits", "Logits"));
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(model, options);
    MapShape shape = graph.input().output();
    long[] dimensions = {images.length / shape.elements(), 3, shape.height(), shape.width()};
    float[] planes = ChannelsFirst.of(images, shape.pixels());
    input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(planes), dimensions);
  }

  @Override
  public String name() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public void run() {
    try (OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      prelogits = new float[values.remaining()];
      values.get(prelogits);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] prelogits() {
    return prelogits;
  }

  @Override
  public void close() {
    try {
      input.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
