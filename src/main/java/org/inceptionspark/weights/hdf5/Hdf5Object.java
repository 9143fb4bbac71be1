package org.inceptionspark.weights.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** The messages of an HDF5 object header, versions 1 and 2, with their continuations. */
final class Hdf5Object {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int LINK = 0x06;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0B;
  static final int ATTRIBUTE = 0x0C;
  static final int CONTINUATION = 0x10;
  static final int SYMBOL_TABLE = 0x11;

  private static final int SHARED = 2;

  /** A Keras root group has one for each of some dozen attributes. */
  private static final int MOST_MESSAGES = 100_000;

  private record Message(int type, ByteCursor body) {}

  private final Hdf5Image image;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<ByteCursor> continuations = new ArrayDeque<>();

  private Hdf5Object(Hdf5Image image) {
    this.image = image;
  }

  static Hdf5Object read(Hdf5Image image, long address) {
    Hdf5Object object = new Hdf5Object(image);
    ByteCursor header = image.at(address);
    int first = header.u8();
    if (first == 1) {
      object.readVersion1(header);
    } else if (first == 'O') {
      object.readVersion2(image.signed(address, "OHDR"));
    } else {
      throw image.error(Kind.BAD_STRUCTURE, "no object header at address " + address);
    }
    return object;
  }

  /** The bodies of all messages of a type. */
  List<ByteCursor> all(int type) {
    return messages.stream()
        .filter(message -> message.type == type)
        .map(message -> message.body.rewound())
        .toList();
  }

  Optional<ByteCursor> first(int type) {
    return all(type).stream().findFirst();
  }

  ByteCursor required(int type, String what) {
    return first(type)
        .orElseThrow(() -> image.error(Kind.BAD_STRUCTURE, "a dataset without " + what));
  }

  private void readVersion1(ByteCursor header) {
    header.skip(1);
    int count = header.u16();
    header.skip(4);
    long size = header.u32();
    header.skip(4);
    messages1(header.take(size), count);
    while (!continuations.isEmpty()) {
      ByteCursor continuation = continuations.remove();
      messages1(image.at(continuation.i64()).take(continuation.i64()), count);
    }
  }

  private void messages1(ByteCursor block, int count) {
    while (block.remaining() >= 8 && messages.size() < count) {
      int type = block.u16();
      int size = block.u16();
      int flags = block.u8();
      block.skip(3);
      add(type, flags, block.take(size));
    }
  }

  private void readVersion2(ByteCursor header) {
    int version = header.u8();
    int flags = header.u8();
    if (version != 2) {
      throw image.error(Kind.UNSUPPORTED, "HDF5 object header version " + version);
    }
    header.skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
    messages2(header.take(sized(header, flags & 3)), flags);
    while (!continuations.isEmpty()) {
      ByteCursor continuation = continuations.remove();
      long address = continuation.i64();
      ByteCursor block = image.signed(address, "OCHK");
      messages2(block.take(continuation.i64() - 8), flags);
    }
  }

  private void messages2(ByteCursor block, int headerFlags) {
    int ordered = (headerFlags & 4) != 0 ? 2 : 0;
    while (block.remaining() >= 4 + ordered) {
      int type = block.u8();
      int size = block.u16();
      int flags = block.u8();
      block.skip(ordered);
      add(type, flags, block.take(size));
    }
  }

  private void add(int type, int flags, ByteCursor body) {
    if ((flags & SHARED) != 0 && (type == DATASPACE || type == DATATYPE || type == FILTERS)) {
      throw image.error(Kind.UNSUPPORTED, "shared HDF5 messages");
    }
    if (messages.size() >= MOST_MESSAGES) {
      throw image.error(Kind.BAD_STRUCTURE, "an object header without end");
    }
    messages.add(new Message(type, body));
    if (type == CONTINUATION) {
      continuations.add(body.rewound());
    }
  }

  /** A number whose width is a power of two, given by its exponent. */
  static long sized(ByteCursor in, int exponent) {
    return switch (exponent) {
      case 0 -> in.u8();
      case 1 -> in.u16();
      case 2 -> in.u32();
      default -> in.i64();
    };
  }
}
