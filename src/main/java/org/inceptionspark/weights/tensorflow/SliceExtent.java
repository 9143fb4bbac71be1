package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;

/**
 * One dimension of a TensorSliceProto, as written.
 *
 * @param start first index
 * @param length number of indices, or {@link #WHOLE}
 */
record SliceExtent(long start, long length) {
  static final long WHOLE = -1;

  /**
   * TensorSliceProto: extents (1), each with start (1) and length (2); an empty message means all.
   */
  static List<SliceExtent> parse(ByteCursor message) {
    List<SliceExtent> extents = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      if (in.field() == 1) {
        extents.add(parseOne(in.message()));
      } else {
        in.skip();
      }
    }
    return extents;
  }

  private static SliceExtent parseOne(ByteCursor message) {
    long start = 0;
    long length = WHOLE;
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> start = in.varint();
        case 2 -> length = in.varint();
        default -> in.skip();
      }
    }
    return new SliceExtent(start, length);
  }
}
