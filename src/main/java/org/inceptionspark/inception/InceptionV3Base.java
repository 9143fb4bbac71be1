package org.inceptionspark.inception;

import static org.inceptionspark.nn.Op.argScope;
import static org.inceptionspark.nn.Op.avgPool2d;
import static org.inceptionspark.nn.Op.branch;
import static org.inceptionspark.nn.Op.concat;
import static org.inceptionspark.nn.Op.conv2d;
import static org.inceptionspark.nn.Op.defaults;
import static org.inceptionspark.nn.Op.k;
import static org.inceptionspark.nn.Op.maxPool2d;
import static org.inceptionspark.nn.Op.mixed;
import static org.inceptionspark.nn.Op.stride;
import static org.inceptionspark.nn.Padding.SAME;
import static org.inceptionspark.nn.Padding.VALID;

import org.inceptionspark.nn.Op;

/**
 * The table of Slim's {@code inception_v3_base}: every operation in Slim's order, under Slim's
 * scope. The odd names are part of every checkpoint: {@code Conv_1_0c_5x5} in Mixed_5c, {@code
 * Conv2d_1a_1x1} for the 3x3 kernels of Mixed_6a, and the two {@code 0b} of Mixed_7b. Sizes are for
 * a 299 x 299 image.
 */
final class InceptionV3Base {
  private InceptionV3Base() {}

  // spotless:off
  static final Op.ArgScope STEM = argScope(defaults(stride(1), VALID),            // 299 x 299 x 3
      conv2d   ("Conv2d_1a_3x3",  32, k(3, 3), stride(2)),                        // 149 x 149 x 32
      conv2d   ("Conv2d_2a_3x3",  32, k(3, 3)),                                   // 147 x 147 x 32
      conv2d   ("Conv2d_2b_3x3",  64, k(3, 3), SAME),                             // 147 x 147 x 64
      maxPool2d("MaxPool_3a_3x3",     k(3, 3), stride(2)),                        //  73 x  73 x 64
      conv2d   ("Conv2d_3b_1x1",  80, k(1, 1)),                                   //  73 x  73 x 80
      conv2d   ("Conv2d_4a_3x3", 192, k(3, 3)),                                   //  71 x  71 x 192
      maxPool2d("MaxPool_5a_3x3",     k(3, 3), stride(2)));                       //  35 x  35 x 192

  static final Op.ArgScope BLOCKS = argScope(defaults(stride(1), SAME),           //  35 x  35 x 192
      mixed("Mixed_5b",                                                           //  35 x  35 x 256
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",   48, k(1, 1)),
                 conv2d   ("Conv2d_0b_5x5",   64, k(5, 5))),
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",   96, k(3, 3)),
                 conv2d   ("Conv2d_0c_3x3",   96, k(3, 3))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",   32, k(1, 1)))),
      mixed("Mixed_5c",                                                           //  35 x  35 x 288
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1))),
          branch(conv2d   ("Conv2d_0b_1x1",   48, k(1, 1)),
                 conv2d   ("Conv_1_0c_5x5",   64, k(5, 5))),
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",   96, k(3, 3)),
                 conv2d   ("Conv2d_0c_3x3",   96, k(3, 3))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",   64, k(1, 1)))),
      mixed("Mixed_5d",                                                           //  35 x  35 x 288
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",   48, k(1, 1)),
                 conv2d   ("Conv2d_0b_5x5",   64, k(5, 5))),
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",   96, k(3, 3)),
                 conv2d   ("Conv2d_0c_3x3",   96, k(3, 3))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",   64, k(1, 1)))),
      mixed("Mixed_6a",                                                           //  17 x  17 x 768
          branch(conv2d   ("Conv2d_1a_1x1",  384, k(3, 3), stride(2), VALID)),
          branch(conv2d   ("Conv2d_0a_1x1",   64, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",   96, k(3, 3)),
                 conv2d   ("Conv2d_1a_1x1",   96, k(3, 3), stride(2), VALID)),
          branch(maxPool2d("MaxPool_1a_3x3",      k(3, 3), stride(2), VALID))),
      mixed("Mixed_6b",                                                           //  17 x  17 x 768
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  128, k(1, 1)),
                 conv2d   ("Conv2d_0b_1x7",  128, k(1, 7)),
                 conv2d   ("Conv2d_0c_7x1",  192, k(7, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  128, k(1, 1)),
                 conv2d   ("Conv2d_0b_7x1",  128, k(7, 1)),
                 conv2d   ("Conv2d_0c_1x7",  128, k(1, 7)),
                 conv2d   ("Conv2d_0d_7x1",  128, k(7, 1)),
                 conv2d   ("Conv2d_0e_1x7",  192, k(1, 7))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))),
      mixed("Mixed_6c",                                                           //  17 x  17 x 768
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  160, k(1, 1)),
                 conv2d   ("Conv2d_0b_1x7",  160, k(1, 7)),
                 conv2d   ("Conv2d_0c_7x1",  192, k(7, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  160, k(1, 1)),
                 conv2d   ("Conv2d_0b_7x1",  160, k(7, 1)),
                 conv2d   ("Conv2d_0c_1x7",  160, k(1, 7)),
                 conv2d   ("Conv2d_0d_7x1",  160, k(7, 1)),
                 conv2d   ("Conv2d_0e_1x7",  192, k(1, 7))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))),
      mixed("Mixed_6d",                                                           //  17 x  17 x 768
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  160, k(1, 1)),
                 conv2d   ("Conv2d_0b_1x7",  160, k(1, 7)),
                 conv2d   ("Conv2d_0c_7x1",  192, k(7, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  160, k(1, 1)),
                 conv2d   ("Conv2d_0b_7x1",  160, k(7, 1)),
                 conv2d   ("Conv2d_0c_1x7",  160, k(1, 7)),
                 conv2d   ("Conv2d_0d_7x1",  160, k(7, 1)),
                 conv2d   ("Conv2d_0e_1x7",  192, k(1, 7))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))),
      mixed("Mixed_6e",                                                           //  17 x  17 x 768
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1)),
                 conv2d   ("Conv2d_0b_1x7",  192, k(1, 7)),
                 conv2d   ("Conv2d_0c_7x1",  192, k(7, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1)),
                 conv2d   ("Conv2d_0b_7x1",  192, k(7, 1)),
                 conv2d   ("Conv2d_0c_1x7",  192, k(1, 7)),
                 conv2d   ("Conv2d_0d_7x1",  192, k(7, 1)),
                 conv2d   ("Conv2d_0e_1x7",  192, k(1, 7))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))),
      mixed("Mixed_7a",                                                           //   8 x   8 x 1280
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1)),
                 conv2d   ("Conv2d_1a_3x3",  320, k(3, 3), stride(2), VALID)),
          branch(conv2d   ("Conv2d_0a_1x1",  192, k(1, 1)),
                 conv2d   ("Conv2d_0b_1x7",  192, k(1, 7)),
                 conv2d   ("Conv2d_0c_7x1",  192, k(7, 1)),
                 conv2d   ("Conv2d_1a_3x3",  192, k(3, 3), stride(2), VALID)),
          branch(maxPool2d("MaxPool_1a_3x3",      k(3, 3), stride(2), VALID))),
      mixed("Mixed_7b",                                                           //   8 x   8 x 2048
          branch(conv2d   ("Conv2d_0a_1x1",  320, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  384, k(1, 1)),
                 concat(
                     branch(conv2d("Conv2d_0b_1x3", 384, k(1, 3))),
                     branch(conv2d("Conv2d_0b_3x1", 384, k(3, 1))))),
          branch(conv2d   ("Conv2d_0a_1x1",  448, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",  384, k(3, 3)),
                 concat(
                     branch(conv2d("Conv2d_0c_1x3", 384, k(1, 3))),
                     branch(conv2d("Conv2d_0d_3x1", 384, k(3, 1))))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))),
      mixed("Mixed_7c",                                                           //   8 x   8 x 2048
          branch(conv2d   ("Conv2d_0a_1x1",  320, k(1, 1))),
          branch(conv2d   ("Conv2d_0a_1x1",  384, k(1, 1)),
                 concat(
                     branch(conv2d("Conv2d_0b_1x3", 384, k(1, 3))),
                     branch(conv2d("Conv2d_0c_3x1", 384, k(3, 1))))),
          branch(conv2d   ("Conv2d_0a_1x1",  448, k(1, 1)),
                 conv2d   ("Conv2d_0b_3x3",  384, k(3, 3)),
                 concat(
                     branch(conv2d("Conv2d_0c_1x3", 384, k(1, 3))),
                     branch(conv2d("Conv2d_0d_3x1", 384, k(3, 1))))),
          branch(avgPool2d("AvgPool_0a_3x3",      k(3, 3)),
                 conv2d   ("Conv2d_0b_1x1",  192, k(1, 1)))));
  // spotless:on
}
