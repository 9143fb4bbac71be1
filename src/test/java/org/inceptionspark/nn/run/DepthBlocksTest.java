package org.inceptionspark.nn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.MapShape;
import org.junit.jupiter.api.Test;

/** Blocks of a sum hold each term of the window once, in the order of the weights. */
class DepthBlocksTest {
  @Test
  void everyTermOnceInOrder() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      int channels = 1 + random.nextInt(random.nextBoolean() ? 40 : 2_100);
      View whole = View.whole(new Buffer(new MapShape(20, 20, channels)));
      int first = random.nextInt(channels);
      View source = random.nextBoolean() ? whole : whole.part(first, channels - first);
      KernelSize kernel = new KernelSize(1 + random.nextInt(7), 1 + random.nextInt(7));
      List<DepthBlocks.Block> blocks = DepthBlocks.of(kernel, source);
      assertThat(terms(blocks)).as("%s of %s", kernel, source).isEqualTo(expected(kernel, source));
      assertThat(blocks)
          .allSatisfy(block -> assertThat(block.depth()).isBetween(1, Kernels.MAX_DEPTH));
    }
  }

  private static List<Integer> terms(List<DepthBlocks.Block> blocks) {
    List<Integer> terms = new ArrayList<>();
    for (DepthBlocks.Block block : blocks) {
      for (DepthBlocks.Run run : block.runs()) {
        for (int i = 0; i < run.length(); i++) {
          terms.add(run.delta() + i);
        }
      }
    }
    return terms;
  }

  private static List<Integer> expected(KernelSize kernel, View source) {
    List<Integer> terms = new ArrayList<>();
    for (int y = 0; y < kernel.height(); y++) {
      for (int x = 0; x < kernel.width(); x++) {
        for (int channel = 0; channel < source.channels(); channel++) {
          terms.add(source.offset(y, x) - source.offset(0, 0) + channel);
        }
      }
    }
    return terms;
  }
}
