package org.inceptionspark.kernels;

/** The option {@code --kernels}: which implementation to use. */
public enum KernelChoice {
  /** The Vector API where it is fast, else scalar with a warning. */
  AUTO,
  /** The Vector API even where it is slow, or an error that names the missing flag. */
  VECTOR,
  /** The reference, some ten times slower. */
  SCALAR
}
