package org.inceptionspark.weights.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.ZipArchive;
import org.inceptionspark.weights.torch.TorchObjects.Storage;

/** Finds the bytes of storages. Caches the last one, since tensors may share a large one. */
final class TorchStorages implements AutoCloseable {
  private final String file;
  private final ByteOrder order;
  private final Function<String, Optional<ByteCursor>> reader;
  private final Runnable closer;
  private String lastKey;
  private Optional<ByteCursor> last = Optional.empty();

  private TorchStorages(
      String file,
      ByteOrder order,
      Function<String, Optional<ByteCursor>> reader,
      Runnable closer) {
    this.file = file;
    this.order = order;
    this.reader = reader;
    this.closer = closer;
  }

  /** Storages that are entries of an archive. */
  static TorchStorages ofZip(ZipArchive zip, String folder, ByteOrder order) {
    return new TorchStorages(zip.file(), order, key -> zip.read(folder + key), zip::close);
  }

  /** Storages that are ranges of a file. */
  static TorchStorages of(String file, Map<String, ByteCursor> ranges) {
    return new TorchStorages(
        file,
        ByteOrder.LITTLE_ENDIAN,
        key -> Optional.ofNullable(ranges.get(key)).map(ByteCursor::rewound),
        () -> {});
  }

  String file() {
    return file;
  }

  /** A range of elements, as bytes in their order. */
  ByteBuffer read(Storage storage, long from, long count) {
    if (!storage.key().equals(lastKey)) {
      last = reader.apply(storage.key());
      lastKey = storage.key();
    }
    ByteCursor bytes =
        last.orElseThrow(
            () ->
                new WeightsException(
                    Kind.MISSING_TENSOR, file, "storage " + storage.key() + " is missing"));
    int size = storage.dtype().bytes();
    int present = bytes.rewound().remaining() / size;
    if (storage.elements() > present || storage.elements() < 0) {
      throw new WeightsException(
          Kind.TRUNCATED,
          file,
          "storage "
              + storage.key()
              + " has "
              + present
              + " of "
              + storage.elements()
              + " elements");
    }
    return bytes.window(from * size, count * size).buffer().order(order);
  }

  @Override
  public void close() {
    closer.run();
  }
}
