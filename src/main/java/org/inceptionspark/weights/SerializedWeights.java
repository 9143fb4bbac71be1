package org.inceptionspark.weights;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.model.NetworkVariant;

/** The serialised form of {@link ModelWeights}: the values as bytes, a block at a time. */
final class SerializedWeights implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 1 << 14;

  private transient String source;
  private transient String format;
  private transient NetworkVariant traits;
  private transient Map<String, Tensor> variables;
  private transient String fingerprint;

  SerializedWeights(
      String source,
      String format,
      NetworkVariant traits,
      Map<String, Tensor> variables,
      String fingerprint) {
    this.source = source;
    this.format = format;
    this.traits = traits;
    this.variables = variables;
    this.fingerprint = fingerprint;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeUTF(source);
    out.writeUTF(format);
    out.writeUTF(fingerprint);
    out.writeObject(traits);
    out.writeInt(variables.size());
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES);
    for (var variable : variables.entrySet()) {
      out.writeUTF(variable.getKey());
      out.writeObject(variable.getValue().shape());
      float[] data = variable.getValue().data();
      for (int from = 0; from < data.length; from += BLOCK) {
        int count = Math.min(BLOCK, data.length - from);
        block.asFloatBuffer().put(data, from, count);
        out.write(block.array(), 0, count * Float.BYTES);
      }
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    source = in.readUTF();
    format = in.readUTF();
    fingerprint = in.readUTF();
    traits = (NetworkVariant) in.readObject();
    SortedMap<String, Tensor> read = new TreeMap<>();
    int count = in.readInt();
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES);
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      Shape shape = (Shape) in.readObject();
      read.put(name, new Tensor(shape, values(in, shape.elements(), block)));
    }
    variables = read;
  }

  private static float[] values(ObjectInputStream in, int elements, ByteBuffer block)
      throws IOException {
    float[] data = new float[elements];
    for (int from = 0; from < elements; from += BLOCK) {
      int count = Math.min(BLOCK, elements - from);
      in.readFully(block.array(), 0, count * Float.BYTES);
      block.asFloatBuffer().get(data, from, count);
    }
    return data;
  }

  private Object readResolve() {
    return new ModelWeights(source, format, traits, new TreeMap<>(variables), fingerprint);
  }
}
