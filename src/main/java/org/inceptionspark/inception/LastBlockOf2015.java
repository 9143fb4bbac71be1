package org.inceptionspark.inception;

import static org.inceptionspark.nn.Op.maxPool2d;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.nn.Op;

/**
 * The one place where the graph of 2015 (classify_image_graph_def.pb), and the networks made from
 * it, differ from Slim's: the pool of the last block takes the maximum.
 */
final class LastBlockOf2015 {
  private LastBlockOf2015() {}

  static Op.ArgScope replaceIn(Op.ArgScope blocks) {
    List<Op> ops = new ArrayList<>(blocks.ops());
    ops.set(ops.size() - 1, withMaximum((Op.Mixed) ops.get(ops.size() - 1)));
    return new Op.ArgScope(blocks.defaults(), ops);
  }

  private static Op withMaximum(Op.Mixed block) {
    List<Op.Branch> branches = new ArrayList<>(block.branches());
    for (int i = 0; i < branches.size(); i++) {
      List<Op> ops = new ArrayList<>(branches.get(i).ops());
      if (ops.get(0) instanceof Op.AvgPool2d pool) {
        ops.set(0, maxPool2d(pool.scope(), pool.kernel()));
        branches.set(i, new Op.Branch(ops));
      }
    }
    return new Op.Mixed(block.scope(), branches);
  }
}
