package org.inceptionspark.weights.tensorflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
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

/**
 * TensorFlow's first checkpoint format: tables of SavedTensorSlices messages, each table with a
 * record of all its tensors under the empty key. Several tables make a sharded checkpoint.
 */
public final class CheckpointV1 implements WeightsFile {
  private record Entry(StoredTensor tensor, List<TensorSlice> slices) implements TensorEntry {}

  private record SliceKey(String tensor, TensorSlice slice) {}

  private final String file;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<SliceKey, ByteCursor> values = new HashMap<>();

  private CheckpointV1(String file) {
    this.file = file;
  }

  /** Opens a checkpoint of one table or of all its shards. */
  public static CheckpointV1 open(String name, Collection<ByteCursor> tables) {
    CheckpointV1 checkpoint = new CheckpointV1(name);
    tables.forEach(checkpoint::add);
    return checkpoint;
  }

  private void add(ByteCursor table) {
    Map<String, Entry> listed = new LinkedHashMap<>();
    SsTable.scan(
        table,
        (key, value) -> {
          if (key.length == 0) {
            readMeta(value, listed);
          } else if (listed.isEmpty()) {
            throw table.error(Kind.BAD_STRUCTURE, "the record that lists the tensors is missing");
          } else {
            readData(value, listed, new String(key, StandardCharsets.UTF_8));
          }
        });
    listed.forEach((name, entry) -> entries.merge(name, entry, this::merged));
  }

  /** A partitioned variable may have slices in several shards. */
  private Entry merged(Entry one, Entry other) {
    if (!one.tensor.equals(other.tensor)) {
      throw new WeightsException(Kind.DUPLICATE, file, "shards disagree").about(one.tensor.name());
    }
    List<TensorSlice> slices = new ArrayList<>(one.slices);
    slices.addAll(other.slices);
    return new Entry(one.tensor, slices);
  }

  /** SavedTensorSlices with meta (1), which repeats SavedSliceMeta (1) and has versions (2). */
  private void readMeta(ByteCursor record, Map<String, Entry> listed) {
    ProtoReader in = new ProtoReader(record);
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      ProtoReader meta = new ProtoReader(in.message());
      while (meta.next()) {
        if (meta.field() == 1) {
          Entry entry = readEntry(meta.message());
          if (listed.put(entry.tensor.name(), entry) != null) {
            throw record.error(Kind.DUPLICATE, "listed twice").about(entry.tensor.name());
          }
        } else if (meta.field() == 2) {
          VersionDef.requireReadable(meta.message());
        } else {
          meta.skip();
        }
      }
    }
  }

  /** SavedSliceMeta: name (1), shape (2), type (3), slices (4). */
  private Entry readEntry(ByteCursor message) {
    String name = "";
    List<Long> dimensions = List.of();
    int type = 0;
    List<List<SliceExtent>> sliceExtents = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> dimensions = TensorFlowTypes.dimensions(in.message());
        case 3 -> type = in.int32();
        case 4 -> sliceExtents.add(SliceExtent.parse(in.message()));
        default -> in.skip();
      }
    }
    StoredTensor tensor =
        new StoredTensor(
            name, TensorFlowTypes.dtype(file, name, type), StoredShapes.of(file, name, dimensions));
    return new Entry(tensor, slices(tensor, sliceExtents));
  }

  private List<TensorSlice> slices(StoredTensor tensor, List<List<SliceExtent>> extents) {
    try {
      return extents.stream().map(each -> TensorSlice.of(file, each, tensor.shape())).toList();
    } catch (WeightsException e) {
      throw e.about(tensor.name());
    }
  }

  /** SavedTensorSlices with data (2), a SavedSlice: name (1), slice (2), values (3). */
  private void readData(ByteCursor record, Map<String, Entry> listed, String key) {
    ProtoReader in = new ProtoReader(record);
    while (in.next()) {
      if (in.field() == 2) {
        readSlice(in.message(), listed, key);
      } else {
        in.skip();
      }
    }
  }

  private void readSlice(ByteCursor message, Map<String, Entry> listed, String key) {
    String name = "";
    List<SliceExtent> slice = null;
    ByteCursor tensor = null;
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> slice = SliceExtent.parse(in.message());
        case 3 -> tensor = in.message();
        default -> in.skip();
      }
    }
    Entry entry = listed.get(name);
    if (entry == null || slice == null || tensor == null) {
      throw message.error(
          Kind.BAD_STRUCTURE, "record " + key.strip() + " holds values of no listed tensor");
    }
    Shape shape = entry.tensor.shape();
    values.put(new SliceKey(name, TensorSlice.of(file, slice, shape)), tensor);
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.TENSORFLOW_V1;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(entries);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(file, entries, name, this::values);
  }

  private float[] values(Entry entry) {
    return SliceAssembler.assemble(
        file, entry.tensor.shape(), entry.slices, slice -> sliceValues(entry.tensor, slice));
  }

  private float[] sliceValues(StoredTensor tensor, TensorSlice slice) {
    ByteCursor message = values.get(new SliceKey(tensor.name(), slice));
    if (message == null) {
      throw new WeightsException(Kind.MISSING_TENSOR, file, "slice " + slice + " is missing");
    }
    return TensorProto.floats(
        message.rewound(), tensor.dtype(), slice.elements(), TensorProto.ShortList.REFUSE);
  }

  @Override
  public void close() {}
}
