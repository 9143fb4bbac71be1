package org.inceptionspark.weights.tensorflow;

import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * TensorFlow's statement of who may read a file: producer (1), minimum consumer (2) and consumers
 * known to read it wrongly (3).
 */
final class VersionDef {
  /** Of both checkpoint formats, since 2015. */
  private static final int CHECKPOINT = 1;

  private VersionDef() {}

  /**
   * Checks that a reader of current checkpoints may read it.
   *
   * @throws WeightsException UNSUPPORTED if it requires another
   */
  static void requireReadable(ByteCursor message) {
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 2 -> requireAtMost(message, in.varint());
        case 3 -> requireNoneOf(in.numbers());
        default -> in.skip();
      }
    }
  }

  private static void requireAtMost(ByteCursor message, long needed) {
    if (needed < 0 || needed > CHECKPOINT) {
      throw message.error(
          Kind.UNSUPPORTED,
          "needs a reader of checkpoint version " + needed + ", this one knows " + CHECKPOINT);
    }
  }

  private static void requireNoneOf(ByteCursor refused) {
    while (refused.remaining() > 0) {
      if (refused.varint() == CHECKPOINT) {
        throw refused.error(
            Kind.UNSUPPORTED,
            "says that readers of checkpoint version " + CHECKPOINT + " read it wrong");
      }
    }
  }
}
