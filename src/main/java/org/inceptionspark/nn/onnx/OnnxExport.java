package org.inceptionspark.nn.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inceptionspark.nn.Activation;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.FoldedConvolution;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.Layer;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;

/**
 * Writes a network as ONNX: operator set 17, float32, batch norm folded, input {@code input}
 * [batch, 3, height, width]. Initialisers are called by Slim's scopes; results by their end points,
 * flattened to [batch, elements] in NCHW order.
 *
 * <p>Field numbers: onnx/onnx.proto.
 */
public final class OnnxExport {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int INTS = 7;

  private final Message graph = new Message();
  private final Map<String, Tensor> variables;

  private OnnxExport(Map<String, Tensor> variables) {
    this.variables = variables;
  }

  /**
   * The bytes of the file.
   *
   * @param endPoints names of the results
   * @throws IllegalArgumentException if an end point is unknown or a variable missing
   */
  public static byte[] of(Graph graph, Map<String, Tensor> variables, List<String> endPoints) {
    OnnxExport export = new OnnxExport(variables);
    export.write(graph, endPoints);
    return new Message()
        .number(1, IR_VERSION)
        .text(2, "inception-spark")
        .message(7, export.graph)
        .message(8, new Message().text(1, "").number(2, OPERATOR_SET))
        .toByteArray();
  }

  private void write(Graph network, List<String> endPoints) {
    for (Node node : network.nodes()) {
      write(node);
    }
    graph.text(2, "InceptionV3");
    MapShape input = network.input().output();
    graph.message(11, value("input", 3, input.height(), input.width()));
    for (String name : endPoints) {
      EndPoint endPoint = network.endPoint(name);
      operator("Flatten", List.of(endPoint.node().scope()), name, List.of());
      graph.message(12, value(name, endPoint.shape().elements()));
    }
  }

  private void write(Node node) {
    List<String> inputs = node.inputs().stream().map(Node::scope).toList();
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      writeConvolution(node, convolution);
    } else if (layer instanceof Layer.MaxPool pool) {
      operator("MaxPool", inputs, node.scope(), window(pool.window(), node));
    } else if (layer instanceof Layer.AveragePool pool) {
      List<Message> attributes = new ArrayList<>(window(pool.window(), node));
      int countPadding = pool.divisor() == Layer.Divisor.WINDOW ? 1 : 0;
      attributes.add(attribute("count_include_pad", countPadding));
      operator("AveragePool", inputs, node.scope(), attributes);
    } else if (layer instanceof Layer.Concatenation) {
      operator("Concat", inputs, node.scope(), List.of(attribute("axis", 1)));
    } else if (layer instanceof Layer.Softmax) {
      operator("Softmax", inputs, node.scope(), List.of(attribute("axis", 1)));
    }
  }

  private void writeConvolution(Node node, Layer.Convolution convolution) {
    FoldedConvolution folded = FoldedConvolution.of(node, variables);
    Shape shape = folded.shape();
    String weights = node.scope() + "/weights";
    String biases = node.scope() + "/biases";
    initializer(
        weights,
        outputsFirst(folded),
        shape.dimension(3),
        shape.dimension(2),
        shape.dimension(0),
        shape.dimension(1));
    initializer(biases, folded.bias(), folded.outputs());
    boolean relu = convolution.activation() == Activation.RELU;
    String sums = relu ? node.scope() + "/sums" : node.scope();
    operator(
        "Conv",
        List.of(node.input().scope(), weights, biases),
        sums,
        window(convolution.window(), node));
    if (relu) {
      operator("Relu", List.of(sums), node.scope(), List.of());
    }
  }

  /** HWIO to OIHW. */
  private static float[] outputsFirst(FoldedConvolution folded) {
    Shape shape = folded.shape();
    int taps = shape.dimension(0) * shape.dimension(1);
    int inputs = shape.dimension(2);
    int outputs = shape.dimension(3);
    float[] values = new float[folded.kernel().length];
    int at = 0;
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        for (int tap = 0; tap < taps; tap++) {
          values[at++] = folded.kernel()[(tap * inputs + input) * outputs + output];
        }
      }
    }
    return values;
  }

  private static List<Message> window(Layer.Window window, Node node) {
    MapShape map = node.input().output();
    int top = window.top(map);
    int left = window.left(map);
    int height = (node.output().height() - 1) * window.stride() + window.kernel().height();
    int width = (node.output().width() - 1) * window.stride() + window.kernel().width();
    int bottom = Math.max(0, height - top - map.height());
    int right = Math.max(0, width - left - map.width());
    return List.of(
        attribute("kernel_shape", window.kernel().height(), window.kernel().width()),
        attribute("strides", window.stride(), window.stride()),
        attribute("pads", top, left, bottom, right));
  }

  private void operator(String type, List<String> inputs, String output, List<Message> attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output + ":" + type).text(4, type);
    attributes.forEach(attribute -> node.message(5, attribute));
    graph.message(1, node);
  }

  private static Message attribute(String name, int value) {
    return new Message().text(1, name).number(3, value).number(20, INT);
  }

  private static Message attribute(String name, int... values) {
    Message attribute = new Message().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, INTS);
  }

  private void initializer(String name, float[] values, int... dimensions) {
    Message tensor = new Message();
    for (int dimension : dimensions) {
      tensor.number(1, dimension);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, bytes.array()));
  }

  /** A float tensor whose first dimension is the batch. */
  private static Message value(String name, int... dimensions) {
    Message shape = new Message().message(1, new Message().text(2, "batch"));
    for (int dimension : dimensions) {
      shape.message(1, new Message().number(1, dimension));
    }
    Message tensor = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }
}
