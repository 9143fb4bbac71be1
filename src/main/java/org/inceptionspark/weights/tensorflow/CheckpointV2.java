package org.inceptionspark.weights.tensorflow;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.DType;
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
 * TensorFlow's second checkpoint format: an index table of BundleEntryProto messages and data files
 * with the raw values, each tensor with a checksum of its own.
 */
public final class CheckpointV2 implements WeightsFile {
  private static final int MOST_SHARDS = 100_000;

  private record Entry(StoredTensor tensor, BundleEntry bundle) implements TensorEntry {}

  private final Path prefix;
  private final ByteCursor index;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, BundleEntry> slices = new HashMap<>();
  private final Map<Integer, ByteCursor> shards = new HashMap<>();
  private int shardCount;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private CheckpointV2(Path prefix, ByteCursor index) {
    this.prefix = prefix;
    this.index = index;
  }

  /**
   * Opens a checkpoint.
   *
   * @param prefix the path that the index and data files share
   */
  public static CheckpointV2 open(Path prefix, ByteCursor index) {
    CheckpointV2 checkpoint = new CheckpointV2(prefix, index);
    SsTable.scan(index, checkpoint::record);
    if (checkpoint.shardCount < 1) {
      throw index.error(Kind.BAD_STRUCTURE, "the header record is missing or counts no data file");
    }
    return checkpoint;
  }

  private void record(byte[] key, ByteCursor value) {
    if (key.length == 0) {
      header(value);
    } else if (key[0] == 0) {
      // Slices of partitioned variables; their keys are binary, in ISO 8859-1 byte for byte.
      slices.put(new String(key, StandardCharsets.ISO_8859_1), BundleEntry.parse(value));
    } else {
      String name = new String(key, StandardCharsets.UTF_8);
      BundleEntry bundle = BundleEntry.parse(value);
      DType dtype = TensorFlowTypes.dtype(index.file(), name, bundle.dtype());
      entries.put(
          name,
          new Entry(
              new StoredTensor(
                  name, dtype, StoredShapes.of(index.file(), name, bundle.dimensions())),
              bundle));
    }
  }

  /** BundleHeaderProto: num_shards (1), endianness (2), version (3) with min_consumer (2). */
  private void header(ByteCursor message) {
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> shardCount = in.int32();
        case 2 -> order = in.varint() == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        case 3 -> VersionDef.requireReadable(in.message());
        default -> in.skip();
      }
    }
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.TENSORFLOW_V2;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(entries);
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(index.file(), entries, name, this::values);
  }

  private float[] values(Entry entry) {
    StoredTensor tensor = entry.tensor;
    BundleEntry bundle = entry.bundle;
    if (bundle.slices().isEmpty()) {
      return values(tensor.dtype(), bundle, tensor.shape().elements());
    }
    List<TensorSlice> parts = new ArrayList<>();
    Map<TensorSlice, BundleEntry> bundles = new HashMap<>();
    for (List<SliceExtent> extents : bundle.slices()) {
      TensorSlice slice = TensorSlice.of(index.file(), extents, tensor.shape());
      BundleEntry part = slices.get(SliceKeys.of(tensor.name(), extents));
      if (part == null) {
        throw index.error(Kind.MISSING_TENSOR, "slice " + slice + " is missing");
      }
      parts.add(slice);
      bundles.put(slice, part);
    }
    return SliceAssembler.assemble(
        index.file(),
        tensor.shape(),
        parts,
        slice -> values(tensor.dtype(), bundles.get(slice), slice.elements()));
  }

  private float[] values(DType dtype, BundleEntry bundle, int elements) {
    long size = (long) elements * dtype.bytes();
    if (bundle.size() != size) {
      throw index.error(
          Kind.BAD_STRUCTURE,
          "the shape needs " + size + " bytes, the entry says " + bundle.size());
    }
    ByteCursor stored = shard(bundle.shard()).window(bundle.offset(), size);
    if (SsTable.maskedChecksum(stored.buffer()) != bundle.checksum()) {
      throw stored.error(Kind.BAD_CHECKSUM, "checksum of the values is wrong");
    }
    float[] values = new float[elements];
    dtype.decode(stored.buffer().order(order), values, 0, elements);
    return values;
  }

  private ByteCursor shard(int number) {
    if (number < 0 || number >= shardCount) {
      throw index.error(Kind.BAD_STRUCTURE, "data file " + number + " of " + shardCount);
    }
    return shards.computeIfAbsent(number, this::mapShard);
  }

  private ByteCursor mapShard(int number) {
    String name = dataFile(prefix.getFileName().toString(), number, shardCount);
    try {
      return ByteCursor.map(prefix.resolveSibling(name));
    } catch (WeightsException e) {
      throw new WeightsException(
          Kind.TRUNCATED, index.file(), "data file " + name + " is missing: " + e.detail(), e);
    }
  }

  private static String dataFile(String prefix, int number, int count) {
    return String.format(Locale.ROOT, "%s.data-%05d-of-%05d", prefix, number, count);
  }

  /** Names of its data files; they need not be there. */
  public List<String> dataFiles() {
    String name = prefix.getFileName().toString();
    return IntStream.range(0, Math.min(shardCount, MOST_SHARDS))
        .mapToObj(number -> dataFile(name, number, shardCount))
        .toList();
  }

  @Override
  public void close() {}
}
