package org.inceptionspark.image;

/** What to do with the orientation that a camera wrote into the file. */
public enum Orientation {
  /** Turn the picture upright, as every viewer shows it. */
  APPLY,
  /** Leave the stored rows and columns as they are, as TensorFlow does. */
  IGNORE
}
