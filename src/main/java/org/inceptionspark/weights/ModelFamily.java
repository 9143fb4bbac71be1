package org.inceptionspark.weights;

/** Where a model comes from, as far as it shows in the names of its tensors. */
public enum ModelFamily {
  SLIM("TF-Slim"),
  KERAS("Keras");

  private final String title;

  ModelFamily(String title) {
    this.title = title;
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return title;
  }
}
