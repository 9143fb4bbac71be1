package org.inceptionspark.weights.hdf5;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** Values in chunks of one shape, found through a B-tree and put together row by row. */
final class Hdf5Chunks {
  private static final int CHUNK_TREE = 1;

  /** The most that Deflate can expand a byte to; a larger chunk size is false. */
  private static final long LARGEST_RATIO = 1100;

  private final Hdf5Image image;
  private final Shape shape;
  private final int[] chunk;
  private final int elementSize;
  private final Hdf5Filters filters;
  private final Set<Long> visited = new HashSet<>();
  private final Set<Long> filled = new HashSet<>();
  private byte[] whole;

  /**
   * The chunks of one dataset.
   *
   * @param chunk dimensions of a chunk, then the element's size
   */
  Hdf5Chunks(Hdf5Image image, Shape shape, int[] chunk, int elementSize, Hdf5Filters filters) {
    this.image = image;
    this.shape = shape;
    this.chunk = chunk;
    this.elementSize = elementSize;
    this.filters = filters;
  }

  /** All values, in row-major order, from the tree at an address. */
  ByteBuffer read(long tree) {
    long expected = 1;
    long chunkBytes = elementSize;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (chunk[axis] <= 0 || chunkBytes > Integer.MAX_VALUE) {
        throw image.error(Kind.BAD_STRUCTURE, "chunks of " + chunk[axis] + " on axis " + axis);
      }
      expected *= (shape.dimension(axis) + (long) chunk[axis] - 1) / chunk[axis];
      chunkBytes *= chunk[axis];
    }
    long size = (long) shape.elements() * elementSize;
    long present = image.at(0).remaining() * LARGEST_RATIO;
    if (chunkBytes > Integer.MAX_VALUE || size > Math.min(present, Integer.MAX_VALUE)) {
      throw image.error(Kind.BAD_STRUCTURE, "a tensor of " + size + " bytes in so small a file");
    }
    whole = new byte[(int) size];
    if (size > 0) {
      tree(tree, -1, (int) chunkBytes);
    }
    if (size > 0 && filled.size() != expected) {
      throw image.error(
          Kind.BAD_STRUCTURE, filled.size() + " of " + expected + " chunks are there");
    }
    return ByteBuffer.wrap(whole);
  }

  private void tree(long address, int expectedLevel, int chunkBytes) {
    if (!visited.add(address)) {
      throw image.error(Kind.BAD_STRUCTURE, "tree node " + address + " is reached twice");
    }
    ByteCursor node = image.signed(address, "TREE");
    int type = node.u8();
    int level = node.u8();
    if (type != CHUNK_TREE || (expectedLevel >= 0 && level != expectedLevel)) {
      throw image.error(
          Kind.BAD_STRUCTURE, "a tree node of type " + type + ", level " + level + " for chunks");
    }
    int entries = node.u16();
    node.skip(16);
    for (int i = 0; i < entries; i++) {
      long size = node.u32();
      int mask = node.i32();
      long[] start = new long[shape.rank()];
      for (int axis = 0; axis < start.length; axis++) {
        start[axis] = node.i64();
      }
      node.skip(8);
      long child = node.i64();
      if (level > 0) {
        tree(child, level - 1, chunkBytes);
      } else {
        place(start, filters.undo(image.at(child).take(size), mask, elementSize, chunkBytes));
      }
    }
  }

  /** Copies the part of a chunk that lies within the tensor. */
  private void place(long[] start, byte[] values) {
    long key = 0;
    for (int axis = 0; axis < start.length; axis++) {
      if (start[axis] < 0
          || start[axis] >= shape.dimension(axis)
          || start[axis] % chunk[axis] != 0) {
        throw image.error(Kind.BAD_STRUCTURE, "a chunk at " + start[axis] + " on axis " + axis);
      }
      key = key * shape.dimension(axis) + start[axis];
    }
    if (!filled.add(key)) {
      throw image.error(Kind.DUPLICATE, "two chunks at one place");
    }
    copy(0, start, 0, 0, values);
  }

  private void copy(int axis, long[] start, int from, int to, byte[] values) {
    int rank = shape.rank();
    int count = rank == 0 ? 1 : (int) Math.min(chunk[axis], shape.dimension(axis) - start[axis]);
    if (axis >= rank - 1) {
      int first = rank == 0 ? 0 : to + (int) start[axis];
      System.arraycopy(values, from * elementSize, whole, first * elementSize, count * elementSize);
      return;
    }
    for (int i = 0; i < count; i++) {
      copy(
          axis + 1,
          start,
          (from + i) * chunk[axis + 1],
          (to + (int) start[axis] + i) * shape.dimension(axis + 1),
          values);
    }
  }
}
