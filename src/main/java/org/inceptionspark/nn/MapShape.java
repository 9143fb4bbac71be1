package org.inceptionspark.nn;

/** The shape of one image's activation: height x width x channels. */
public record MapShape(int height, int width, int channels) {
  public int pixels() {
    return height * width;
  }

  public int elements() {
    return height * width * channels;
  }

  public MapShape withChannels(int count) {
    return new MapShape(height, width, count);
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
