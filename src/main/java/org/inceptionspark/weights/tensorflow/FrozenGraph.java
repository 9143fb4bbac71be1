package org.inceptionspark.weights.tensorflow;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.TensorEntry;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;

/** A GraphDef whose variables were frozen into constants; these are its tensors. */
public final class FrozenGraph implements WeightsFile {
  private static final int NODE_TAG = 0x0A;

  private record Constant(StoredTensor tensor, ByteCursor proto) implements TensorEntry {}

  private final String file;
  private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();

  private FrozenGraph(String file) {
    this.file = file;
  }

  /** Whether the file starts with a message that starts with a name: a node. */
  public static boolean matches(ByteCursor file) {
    ByteCursor start = file.rewound();
    if (start.remaining() < 4 || start.u8() != NODE_TAG) {
      return false;
    }
    int length = 1;
    while (length < 10 && start.remaining() > 0 && start.u8() >= 0x80) {
      length++;
    }
    return start.remaining() > 0 && start.u8() == NODE_TAG;
  }

  public static FrozenGraph open(ByteCursor bytes) {
    FrozenGraph graph = new FrozenGraph(bytes.file());
    ProtoReader in = new ProtoReader(bytes);
    while (in.next()) {
      if (in.field() == 1) {
        graph.add(GraphNode.parse(in.message()));
      } else {
        in.skip();
      }
    }
    return graph;
  }

  private void add(GraphNode node) {
    if (nodes.put(node.name(), node) != null) {
      throw new WeightsException(Kind.DUPLICATE, file, "two nodes of this name").about(node.name());
    }
    if (node.op().equals("Const")) {
      ByteCursor proto =
          node.tensor()
              .orElseThrow(
                  () ->
                      new WeightsException(Kind.BAD_STRUCTURE, file, "a constant without value")
                          .about(node.name()));
      constants.put(node.name(), new Constant(describe(node.name(), proto.rewound()), proto));
    }
  }

  /** TensorProto: dtype (1), tensor_shape (2). */
  private StoredTensor describe(String name, ByteCursor proto) {
    int dtype = 0;
    List<Long> dimensions = List.of();
    ProtoReader in = new ProtoReader(proto);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> dtype = in.int32();
        case 2 -> dimensions = TensorFlowTypes.dimensions(in.message());
        default -> in.skip();
      }
    }
    return new StoredTensor(
        name, TensorFlowTypes.dtype(file, name, dtype), StoredShapes.of(file, name, dimensions));
  }

  public Collection<GraphNode> nodes() {
    return nodes.values();
  }

  /**
   * The node of a name.
   *
   * @throws WeightsException BAD_STRUCTURE if a node refers to one that does not exist
   */
  GraphNode node(String name) {
    GraphNode node = nodes.get(name);
    if (node == null) {
      throw new WeightsException(Kind.BAD_STRUCTURE, file, "no node " + name + " in the graph");
    }
    return node;
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.FROZEN_GRAPH;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(constants);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(file, constants, name, FrozenGraph::values);
  }

  private static float[] values(Constant constant) {
    return TensorProto.floats(
        constant.proto.rewound(),
        constant.tensor.dtype(),
        constant.tensor.elements(),
        TensorProto.ShortList.REPEAT_LAST);
  }

  @Override
  public void close() {}
}
