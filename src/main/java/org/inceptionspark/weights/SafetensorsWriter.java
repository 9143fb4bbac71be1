package org.inceptionspark.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.names.ScopedNames;

/**
 * Writes a model as safetensors, under TF-Slim's names and in its layouts. What names cannot
 * express, such as pools that count padding, goes into the metadata, which this project reads back.
 */
public final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Writes the file whole or not at all; an existing one is replaced. */
  public static void write(ModelWeights weights, Path path) throws IOException {
    NetworkVariant traits = weights.traits();
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ScopedNames.FAMILY, traits.family().name());
    metadata.put(ScopedNames.POOL_DIVISOR, traits.poolDivisor().name());
    metadata.put(ScopedNames.LAST_POOL, traits.lastPool().name());
    metadata.put(ScopedNames.OUTPUT, traits.output().name());
    metadata.put(ScopedNames.PREPROCESSING, traits.preprocessing());
    write(metadata, weights.variables(), path);
  }

  static void write(SortedMap<String, String> metadata, Map<String, Tensor> tensors, Path path)
      throws IOException {
    Path part = path.resolveSibling("." + path.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        writeHeader(metadata, tensors, out);
        for (Tensor tensor : tensors.values()) {
          writeValues(tensor.data(), out);
        }
      }
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeHeader(
      SortedMap<String, String> metadata, Map<String, Tensor> tensors, OutputStream out)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    metadata.forEach(header.putObject("__metadata__")::put);
    long offset = 0;
    for (var variable : tensors.entrySet()) {
      Tensor tensor = variable.getValue();
      ObjectNode entry = header.putObject(variable.getKey()).put("dtype", "F32");
      for (int dimension : tensor.shape().dimensions()) {
        entry.withArray("shape").add(dimension);
      }
      long end = offset + (long) tensor.data().length * Float.BYTES;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padding = (ALIGNMENT - text.length % ALIGNMENT) % ALIGNMENT;
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(0, (long) text.length + padding).array());
    out.write(text);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
  }

  private static void writeValues(float[] values, OutputStream out) throws IOException {
    int block = 1 << 14;
    ByteBuffer bytes = ByteBuffer.allocate(block * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += block) {
      int count = Math.min(block, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
