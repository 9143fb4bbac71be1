package org.inceptionspark.weights.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.TensorEntry;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** A dataset's shape, type and storage: compact, contiguous or chunked. */
final class Hdf5Dataset implements TensorEntry {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final long UNDEFINED = -1;

  private final Hdf5Image image;
  private final Hdf5Object object;
  private final Hdf5Type type;
  private final StoredTensor tensor;

  private Hdf5Dataset(Hdf5Image image, Hdf5Object object, Hdf5Type type, StoredTensor tensor) {
    this.image = image;
    this.object = object;
    this.type = type;
    this.tensor = tensor;
  }

  static Hdf5Dataset of(Hdf5Image image, Hdf5Object object, String name) {
    Hdf5Type type = Hdf5Type.parse(object.required(Hdf5Object.DATATYPE, "a datatype"));
    List<Long> dimensions = dimensions(object.required(Hdf5Object.DATASPACE, "a dataspace"));
    Shape shape = StoredShapes.of(image.file(), name, dimensions);
    return new Hdf5Dataset(image, object, type, new StoredTensor(name, type.dtype(), shape));
  }

  /** A dataspace message, versions 1 and 2: rank, flags, then the sizes. */
  static List<Long> dimensions(ByteCursor message) {
    int version = message.u8();
    int rank = message.u8();
    message.skip(version == 1 ? 6 : 2);
    List<Long> dimensions = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dimensions.add(message.i64());
    }
    return dimensions;
  }

  @Override
  public StoredTensor tensor() {
    return tensor;
  }

  /** All values as float32. */
  float[] values() {
    int elements = tensor.shape().elements();
    ByteBuffer stored = stored((long) elements * type.size());
    float[] values = new float[elements];
    type.dtype().decode(stored.order(type.order()), values, 0, elements);
    return values;
  }

  private ByteBuffer stored(long size) {
    ByteCursor layout = object.required(Hdf5Object.LAYOUT, "a layout");
    int version = layout.u8();
    int kind = layout.u8();
    if (version != 3 && (version != 4 || kind == CHUNKED)) {
      throw image.error(Kind.UNSUPPORTED, "HDF5 layout version " + version + ", class " + kind);
    }
    return switch (kind) {
      case COMPACT -> exactly(size, layout.take(layout.u16()));
      case CONTIGUOUS -> contiguous(size, layout.i64(), layout.i64());
      case CHUNKED -> {
        int dimensions = layout.u8();
        if (dimensions != tensor.shape().rank() + 1) {
          throw image.error(Kind.BAD_STRUCTURE, "chunks of " + (dimensions - 1) + " dimensions");
        }
        long tree = layout.i64();
        int[] chunk = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
          chunk[i] = (int) layout.u32();
        }
        Hdf5Filters filters =
            object.first(Hdf5Object.FILTERS).map(Hdf5Filters::parse).orElse(Hdf5Filters.NONE);
        yield new Hdf5Chunks(image, tensor.shape(), chunk, type.size(), filters).read(tree);
      }
      default -> throw image.error(Kind.UNSUPPORTED, "HDF5 layout class " + kind);
    };
  }

  private ByteBuffer contiguous(long size, long address, long written) {
    if (address == UNDEFINED && size > 0) {
      throw image.error(Kind.BAD_STRUCTURE, "its values were never written");
    }
    return exactly(size, image.at(size == 0 ? 0 : address).take(written));
  }

  private ByteBuffer exactly(long size, ByteCursor stored) {
    if (stored.remaining() != size) {
      throw image.error(
          Kind.BAD_STRUCTURE,
          "the shape needs " + size + " bytes, the layout has " + stored.remaining());
    }
    return stored.buffer();
  }
}
