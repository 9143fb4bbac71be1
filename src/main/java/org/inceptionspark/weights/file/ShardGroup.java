package org.inceptionspark.weights.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** Files beside a model whose bytes, one after the other, are one run of values. */
public final class ShardGroup {
  private final List<ByteCursor> shards;
  private final long size;

  private ShardGroup(List<ByteCursor> shards) {
    this.shards = shards;
    this.size = shards.stream().mapToLong(ByteCursor::remaining).sum();
  }

  /**
   * Maps the shards.
   *
   * @param model the file that names them; they must be in or below its folder
   */
  public static ShardGroup open(Path model, List<String> names) {
    List<ByteCursor> shards = new ArrayList<>();
    for (String name : names) {
      Path shard = beside(model, name);
      if (!Files.isRegularFile(shard)) {
        throw new WeightsException(
            Kind.TRUNCATED, model.toString(), "shard " + name + " is missing");
      }
      shards.add(ByteCursor.map(shard));
    }
    return new ShardGroup(shards);
  }

  /**
   * The file of this name beside a model.
   *
   * @throws WeightsException UNSAFE if it would not be in or below the model's folder
   */
  public static Path beside(Path model, String name) {
    try {
      Path folder = model.toAbsolutePath().normalize().getParent();
      Path shard = folder.resolve(name).normalize();
      if (shard.startsWith(folder) && !shard.equals(folder) && !Path.of(name).isAbsolute()) {
        return shard;
      }
    } catch (InvalidPathException e) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, model.toString(), "shard name " + e.getInput() + " is no path", e);
    }
    throw new WeightsException(
        Kind.UNSAFE, model.toString(), "shard path " + name + " leaves the model's folder");
  }

  public long size() {
    return size;
  }

  /** A range, which may cross shards, as a little-endian buffer. */
  public ByteBuffer read(long offset, int length) {
    ByteBuffer range = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    long skip = offset;
    for (ByteCursor shard : shards) {
      long available = shard.rewound().remaining() - skip;
      if (available > 0 && range.hasRemaining()) {
        int taken = (int) Math.min(available, range.remaining());
        range.put(shard.window(skip, taken).buffer());
        skip = 0;
      } else {
        skip = Math.max(0, -available);
      }
    }
    return range.flip();
  }
}
