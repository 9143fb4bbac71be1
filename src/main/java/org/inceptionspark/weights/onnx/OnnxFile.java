package org.inceptionspark.weights.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;

/** An ONNX model; its initializers are its tensors. */
public final class OnnxFile implements WeightsFile {
  private static final int VERSION_TAG = 0x08;
  private static final int OLDEST_VERSION = 3;
  private static final int NEWEST_VERSION = 40;
  private static final int GRAPH = 7;

  private final String file;
  private final Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, String> aliases = new HashMap<>();

  private OnnxFile(String file) {
    this.file = file;
  }

  /** Whether the file starts with a version of ONNX's representation and another field. */
  public static boolean matches(ByteCursor file) {
    if (file.remaining() < 8) {
      return false;
    }
    ByteCursor start = file.window(0, 3);
    boolean tagged = start.u8() == VERSION_TAG;
    int version = start.u8();
    int next = start.u8();
    return tagged
        && version >= OLDEST_VERSION
        && version <= NEWEST_VERSION
        && next > VERSION_TAG
        && next < 0x80;
  }

  public static OnnxFile open(ByteCursor bytes) {
    OnnxFile opened = new OnnxFile(bytes.file());
    ProtoReader model = new ProtoReader(bytes);
    while (model.next()) {
      if (model.field() == GRAPH) {
        opened.readGraph(model.message());
      } else {
        model.skip();
      }
    }
    if (opened.nodes.isEmpty()) {
      throw bytes.error(Kind.NOT_THIS_FORMAT, "starts like an ONNX model but has no graph");
    }
    return opened;
  }

  /** GraphProto: node (1), initializer (5). */
  private void readGraph(ByteCursor graph) {
    ProtoReader in = new ProtoReader(graph);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> add(OnnxNode.parse(in.message()));
        case 5 -> add(OnnxTensor.parse(in.message()));
        default -> in.skip();
      }
    }
  }

  private void add(OnnxNode node) {
    nodes.add(node);
    if (node.op().equals("Identity") && node.inputs().size() == 1 && node.outputs().size() == 1) {
      aliases.put(node.outputs().get(0), node.inputs().get(0));
    }
  }

  private void add(OnnxTensor tensor) {
    if (initializers.put(tensor.tensor().name(), tensor) != null) {
      throw new WeightsException(Kind.DUPLICATE, file, "two initializers of this name")
          .about(tensor.tensor().name());
    }
  }

  public List<OnnxNode> nodes() {
    return nodes;
  }

  /**
   * The initializer that a node's input leads to; the exporter shares equal ones through
   * identities.
   */
  public StoredTensor initializer(OnnxNode node, int input) {
    String name = input < node.inputs().size() ? node.inputs().get(input) : "";
    for (int step = 0; step <= aliases.size(); step++) {
      if (initializers.containsKey(name)) {
        return initializers.get(name).tensor();
      }
      name = aliases.getOrDefault(name, "");
    }
    throw new WeightsException(
        Kind.UNSUPPORTED,
        file,
        "node "
            + node.name()
            + " ("
            + node.op()
            + ") takes input "
            + input
            + " from no initializer");
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.ONNX;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(initializers);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(file, initializers, name, OnnxTensor::floats);
  }

  @Override
  public void close() {}
}
