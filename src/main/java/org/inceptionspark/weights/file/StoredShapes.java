package org.inceptionspark.weights.file;

import java.util.List;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** Shapes from files, where a dimension may be any 64-bit number. */
public final class StoredShapes {
  private static final int HIGHEST_RANK = 16;

  /** A gibibyte of floats; the largest kernel of a full-size model has two million. */
  private static final long MOST_ELEMENTS = 1 << 28;

  private StoredShapes() {}

  /**
   * The shape of these dimensions.
   *
   * @throws WeightsException BAD_STRUCTURE if one is negative, there are too many, or the elements
   *     exceed an {@code int}
   */
  public static Shape of(String file, String tensor, List<Long> dimensions) {
    long elements = 1;
    for (long dimension : dimensions) {
      boolean fits = dimension >= 0 && dimension <= Integer.MAX_VALUE;
      elements = fits ? elements * dimension : -1;
      if (elements < 0 || elements > MOST_ELEMENTS || dimensions.size() > HIGHEST_RANK) {
        throw new WeightsException(
                Kind.BAD_STRUCTURE, file, "shape " + dimensions + " cannot be held")
            .about(tensor);
      }
    }
    return Shape.of(dimensions.stream().mapToInt(Long::intValue).toArray());
  }
}
