package org.inceptionspark.nn;

/** The step of a window, the same on both axes. */
public record Stride(int step) implements Option {
  public Stride {
    if (step < 1) {
      throw new IllegalArgumentException("stride " + step + " is below 1");
    }
  }
}
