package org.inceptionspark.nn.run;

import java.util.List;
import org.inceptionspark.nn.MapShape;

/** One operation on some images of a batch. Immutable; all state is in the memory. */
interface Step {
  /** For display: the scope and what is done there. */
  String name();

  View source();

  /** The buffers written. */
  List<View> targets();

  /** Computes images {@code first} to {@code first + count - 1} of the batch. */
  void run(Memory memory, int first, int count);

  /** Scratch besides the block of gathered rows. */
  default Scratch scratch() {
    return Scratch.NONE;
  }

  /** Bytes of its packed weights. */
  default long weightBytes() {
    return 0;
  }

  /** The size of the map that is read, which decides how many images pass together. */
  default MapShape sourceMap() {
    return source().buffer().map();
  }
}
