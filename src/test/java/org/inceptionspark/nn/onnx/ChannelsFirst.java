package org.inceptionspark.nn.onnx;

/** NHWC images as ONNX wants them. */
public final class ChannelsFirst {
  private ChannelsFirst() {}

  /**
   * NHWC to NCHW for three channels.
   *
   * @param pixels of one image
   */
  public static float[] of(float[] images, int pixels) {
    float[] planes = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int image = i / (3 * pixels);
      int pixel = i / 3 % pixels;
      planes[(image * 3 + i % 3) * pixels + pixel] = images[i];
    }
    return planes;
  }
}
