package org.inceptionspark.nn.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.nn.Layer.Concatenation;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.nn.run.Buffer.Border;

/**
 * Where each node's result is stored. The inputs of a concatenation are parts of its buffer, so
 * joining costs nothing; borders are as wide as the widest window that reads the buffer.
 */
final class Views {
  private final Map<Node, View> views = new HashMap<>();
  private final Map<Node, View> linear = new HashMap<>();

  Views(NeededNodes needed) {
    List<Node> nodes = needed.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      place(nodes.get(i), needed);
    }
    for (Node node : nodes) {
      if (node.layer() instanceof Convolution convolution) {
        Node source = needed.sourceOf(node);
        of(source).buffer().needBorder(border(convolution.window(), source.output(), node));
      }
    }
  }

  View of(Node node) {
    return views.get(node);
  }

  /** The sums of a convolution that is pooled afterwards. */
  View linear(Node node) {
    return linear.get(node);
  }

  /** In reverse order, so that a concatenation is placed before its inputs. */
  private void place(Node node, NeededNodes needed) {
    if (needed.isMovedBehind(node)) {
      return;
    }
    View view = views.computeIfAbsent(node, it -> View.whole(new Buffer(it.output())));
    if (node.layer() instanceof Concatenation) {
      int channel = 0;
      for (Node input : node.inputs()) {
        int channels = input.output().channels();
        if (views.putIfAbsent(input, view.part(channel, channels)) != null) {
          throw new IllegalStateException(input + " is joined twice");
        }
        channel += channels;
      }
    }
    if (needed.isMoved(node)) {
      linear.put(node, View.whole(new Buffer(node.output())));
    }
  }

  /** How far windows reach beyond the map; tiles of minimal filters may reach further. */
  private static Border border(Window window, MapShape map, Node reader) {
    Algorithm algorithm = Algorithm.of(reader);
    int top = window.top(map);
    int left = window.left(map);
    int height =
        algorithm.isDirect()
            ? (reader.output().height() - 1) * window.stride() + window.kernel().height()
            : algorithm.rows().reach(reader.output().height());
    int width =
        algorithm.isDirect()
            ? (reader.output().width() - 1) * window.stride() + window.kernel().width()
            : algorithm.columns().reach(reader.output().width());
    return new Border(
        top,
        left,
        Math.max(0, height - top - map.height()),
        Math.max(0, width - left - map.width()));
  }
}
