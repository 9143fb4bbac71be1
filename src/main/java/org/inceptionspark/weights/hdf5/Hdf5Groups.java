package org.inceptionspark.weights.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * Groups of an HDF5 file: symbol tables in B-trees, as old files have them, and link messages. Each
 * block is visited at most once, so that no cycle is followed.
 */
final class Hdf5Groups {
  private static final int GROUP_TREE = 0;
  private static final int SOFT_LINK = 2;
  private static final int DEEPEST = 32;
  private static final long UNDEFINED = -1;

  private final Hdf5Image image;
  private final Set<Long> visited = new HashSet<>();
  private final Map<String, Hdf5Object> datasets = new TreeMap<>();

  private Hdf5Groups(Hdf5Image image) {
    this.image = image;
  }

  /** All datasets by their path without the leading slash. */
  static Map<String, Hdf5Object> datasets(Hdf5Image image) {
    Hdf5Groups groups = new Hdf5Groups(image);
    groups.visit("", image.root(), 0);
    return groups.datasets;
  }

  private void visit(String path, long address, int depth) {
    enter(address, depth);
    Hdf5Object object = Hdf5Object.read(image, address);
    if (object.first(Hdf5Object.LAYOUT).isPresent()) {
      datasets.put(path, object);
      return;
    }
    children(object)
        .forEach(
            (name, child) -> visit(path.isEmpty() ? name : path + "/" + name, child, depth + 1));
  }

  private void enter(long address, int depth) {
    if (!visited.add(address) || depth > DEEPEST) {
      throw image.error(
          Kind.BAD_STRUCTURE, "the block at address " + address + " is reached twice or too deep");
    }
  }

  private Map<String, Long> children(Hdf5Object group) {
    Map<String, Long> children = new TreeMap<>();
    for (ByteCursor table : group.all(Hdf5Object.SYMBOL_TABLE)) {
      long tree = table.i64();
      tree(tree, heap(table.i64()), children, -1);
    }
    for (ByteCursor info : group.all(Hdf5Object.LINK_INFO)) {
      checkNotDense(info);
    }
    for (ByteCursor link : group.all(Hdf5Object.LINK)) {
      link(link, children);
    }
    return children;
  }

  /** The segment that holds the names of a group's members. */
  private ByteCursor heap(long address) {
    ByteCursor header = image.signed(address, "HEAP");
    header.skip(4);
    long size = header.i64();
    header.skip(8);
    return image.at(header.i64()).take(size);
  }

  private void tree(long address, ByteCursor heap, Map<String, Long> children, int expectedLevel) {
    enter(address, 0);
    ByteCursor node = image.signed(address, "TREE");
    int type = node.u8();
    int level = node.u8();
    if (type != GROUP_TREE || (expectedLevel >= 0 && level != expectedLevel)) {
      throw image.error(
          Kind.BAD_STRUCTURE, "a tree node of type " + type + ", level " + level + " in a group");
    }
    int entries = node.u16();
    node.skip(16);
    for (int i = 0; i < entries; i++) {
      node.skip(8);
      long child = node.i64();
      if (level > 0) {
        tree(child, heap, children, level - 1);
      } else {
        symbols(child, heap, children);
      }
    }
  }

  private void symbols(long address, ByteCursor heap, Map<String, Long> children) {
    enter(address, 0);
    ByteCursor node = image.signed(address, "SNOD");
    node.skip(2);
    int count = node.u16();
    for (int i = 0; i < count; i++) {
      long name = node.i64();
      long object = node.i64();
      int cache = node.i32();
      node.skip(20);
      if (cache != SOFT_LINK) {
        put(children, name(heap, name), object);
      }
    }
  }

  private static String name(ByteCursor heap, long offset) {
    ByteCursor name = heap.window(offset, heap.rewound().remaining() - offset);
    int length = 0;
    while (name.u8() != 0) {
      length++;
    }
    return heap.window(offset, length).utf8(length);
  }

  private void checkNotDense(ByteCursor info) {
    info.skip(1);
    int flags = info.u8();
    info.skip((flags & 1) != 0 ? 8 : 0);
    if (info.i64() != UNDEFINED) {
      throw image.error(
          Kind.UNSUPPORTED,
          "the newest HDF5 group layout (dense links); write the file without libver='latest'");
    }
  }

  private void link(ByteCursor link, Map<String, Long> children) {
    link.skip(1);
    int flags = link.u8();
    int type = (flags & 8) != 0 ? link.u8() : 0;
    link.skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
    String name = new String(link.bytes(Hdf5Object.sized(link, flags & 3)), StandardCharsets.UTF_8);
    if (type == 0) {
      put(children, name, link.i64());
    }
  }

  private void put(Map<String, Long> children, String name, long address) {
    if (children.put(name, address) != null) {
      throw image.error(Kind.DUPLICATE, "two objects are called " + name);
    }
  }
}
