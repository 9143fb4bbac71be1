package org.inceptionspark.weights.hdf5;

import java.util.Optional;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;

/** Attributes of HDF5 objects that are single strings. */
final class Hdf5Attributes {
  private Hdf5Attributes() {}

  /** The text of an attribute; empty if there is none of that name or it is not a string. */
  static Optional<String> text(Hdf5Image image, Hdf5Object object, String name) {
    for (ByteCursor message : object.all(Hdf5Object.ATTRIBUTE)) {
      int version = message.u8();
      message.skip(1);
      int nameSize = message.u16();
      int typeSize = message.u16();
      int spaceSize = message.u16();
      message.skip(version == 3 ? 1 : 0);
      int unit = version == 1 ? 8 : 1;
      String found = padded(message, nameSize, unit).utf8(nameSize).replace("\0", "");
      ByteCursor type = padded(message, typeSize, unit);
      padded(message, spaceSize, unit);
      if (found.equals(name)) {
        return text(image, Hdf5Type.parse(type), message);
      }
    }
    return Optional.empty();
  }

  private static ByteCursor padded(ByteCursor message, int size, int unit) {
    return message.take((size + unit - 1L) / unit * unit);
  }

  private static Optional<String> text(Hdf5Image image, Hdf5Type type, ByteCursor value) {
    return switch (type.text()) {
      case NONE -> Optional.empty();
      case FIXED -> Optional.of(value.utf8(type.size()).replace("\0", ""));
      case VARIABLE -> {
        long length = value.u32();
        long collection = value.i64();
        yield Optional.of(heapObject(image, collection, value.i32()).utf8(length));
      }
    };
  }

  /** An object of a global heap collection. */
  private static ByteCursor heapObject(Hdf5Image image, long address, int index) {
    ByteCursor collection = image.signed(address, "GCOL");
    collection.skip(4);
    long size = collection.i64();
    ByteCursor objects = collection.take(size - 16);
    while (objects.remaining() >= 16) {
      int number = objects.u16();
      objects.skip(6);
      long length = objects.i64();
      ByteCursor object = objects.take(length);
      if (number == index) {
        return object;
      }
      objects.skip(Math.min((8 - length % 8) % 8, objects.remaining()));
    }
    throw image.error(
        WeightsException.Kind.BAD_STRUCTURE, "object " + index + " is not in its heap");
  }
}
