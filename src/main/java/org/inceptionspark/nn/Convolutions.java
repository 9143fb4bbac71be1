package org.inceptionspark.nn;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Variable;

/** What a convolution's description implies: its variables and its cost. */
public final class Convolutions {
  private Convolutions() {}

  /** {@code weights} is HWIO; all others have one value per output channel. */
  public static List<Variable> variables(Node node) {
    Convolution convolution = (Convolution) node.layer();
    Shape perChannel = Shape.of(convolution.channels());
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable(node.scope() + "/weights", kernelShape(node)));
    for (String name : names(convolution.normalization())) {
      variables.add(new Variable(node.scope() + "/" + name, perChannel));
    }
    return variables;
  }

  public static Shape kernelShape(Node node) {
    Convolution convolution = (Convolution) node.layer();
    KernelSize kernel = convolution.window().kernel();
    int inputChannels = node.input().output().channels();
    return Shape.of(kernel.height(), kernel.width(), inputChannels, convolution.channels());
  }

  /** Multiply-adds for one image, computed directly. */
  public static long multiplications(Node node) {
    return (long) node.output().pixels() * kernelShape(node).elements();
  }

  private static List<String> names(Normalization normalization) {
    return switch (normalization) {
      case BATCH_NORM ->
          List.of("BatchNorm/beta", "BatchNorm/moving_mean", "BatchNorm/moving_variance");
      case BATCH_NORM_WITH_SCALE ->
          List.of(
              "BatchNorm/gamma",
              "BatchNorm/beta",
              "BatchNorm/moving_mean",
              "BatchNorm/moving_variance");
      case BIASES -> List.of("biases");
    };
  }
}
