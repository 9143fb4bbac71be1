package org.inceptionspark.nn.run;

import java.util.List;

/**
 * What a stream does and needs: the steps in order, cut into phases, and the arrays behind their
 * buffers.
 *
 * @param input where the caller puts the images
 * @param captures the end points that are copied out
 * @param mostTargets the largest number of convolutions that one step computes together
 * @param scratch the most that any step needs
 */
record Plan(
    Buffer input,
    List<Phase> phases,
    List<Array> arrays,
    List<Capture> captures,
    int mostTargets,
    Scratch scratch) {

  /**
   * Steps through which a group of images passes together: few images where maps are too large for
   * the cache, many where the weights are larger than the maps.
   */
  record Phase(int group, List<Step> steps) {}

  /**
   * @param group images in a group, unless it is the whole batch
   */
  record Array(int imageSize, int pixelSize, Buffer.Extent extent, int group) {
    int images(int batch) {
      return extent == Buffer.Extent.BATCH ? batch : Math.min(group, batch);
    }
  }
}
