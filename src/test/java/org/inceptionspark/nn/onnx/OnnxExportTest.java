package org.inceptionspark.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.NetworkGolden;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The exported file, run by ONNX Runtime, gives TF-Slim's logits. */
class OnnxExportTest {
  @Test
  void runsInOnnxRuntime() throws OrtException {
    NetworkGolden golden = NetworkGolden.named("tenth-width");
    Graph graph = InceptionV3.network(golden.height(), golden.width(), golden.options());
    Map<String, Tensor> variables = Formula.variables(graph.variables());
    byte[] model = OnnxExport.of(graph, variables, List.of("Logits"));

    float[] expected = golden.whole("Logits");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {golden.batch(), 3, golden.height(), golden.width()};
    float[] images = ChannelsFirst.of(golden.input(), golden.height() * golden.width());
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] logits = (float[][]) result.get(0).getValue();
      int classes = expected.length / golden.batch();
      for (int i = 0; i < expected.length; i++) {
        assertThat(logits[i / classes][i % classes]).isCloseTo(expected[i], within(1e-4f));
      }
    }
  }
}
