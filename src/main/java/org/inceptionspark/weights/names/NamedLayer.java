package org.inceptionspark.weights.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The names of a layer with weights in each framework; a row of {@code names.tsv}. Rows are
 * verified by reference outputs, never by shapes, since many layers share one.
 *
 * @param slim TF-Slim's scope below {@code InceptionV3/}
 * @param torch module of torchvision and timm
 * @param topological rank among the convolutions in Keras' order of layers, from 1
 * @param objectKernel number of the layer in a TF2 object checkpoint
 * @param objectNorm number of its batch normalisation there
 * @param checkpoint2016 scope in the checkpoint of March 2016
 * @param graph2015 scope in the graph of December 2015
 */
public record NamedLayer(
    Kind kind,
    String slim,
    Optional<String> torch,
    OptionalInt topological,
    OptionalInt objectKernel,
    OptionalInt objectNorm,
    Optional<String> checkpoint2016,
    Optional<String> graph2015) {

  /** The kind of layer. */
  public enum Kind {
    /** A convolution with batch normalisation. */
    CONV,
    /** A classifier: a 1x1 convolution in TF-Slim, a dense layer elsewhere, with biases. */
    DENSE
  }

  private static final String SCOPE = "InceptionV3/";
  private static final List<NamedLayer> ALL = readTable();

  /** All layers, in the order in which every implementation creates them. */
  public static List<NamedLayer> all() {
    return ALL;
  }

  /** The convolutions of the network proper, without the auxiliary head. */
  public static List<NamedLayer> base() {
    return ALL.stream().filter(layer -> layer.topological.isPresent()).toList();
  }

  /** TF-Slim's name of a variable of this layer. */
  public String variable(String leaf) {
    return SCOPE + slim + "/" + leaf;
  }

  private static List<NamedLayer> readTable() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                NamedLayer.class.getResourceAsStream("names.tsv"), StandardCharsets.UTF_8))) {
      return table
          .lines()
          .filter(line -> line.startsWith("conv\t") || line.startsWith("dense\t"))
          .map(line -> parse(line.split("\t")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NamedLayer parse(String[] cells) {
    return new NamedLayer(
        cells[0].equals("conv") ? Kind.CONV : Kind.DENSE,
        cells[1],
        text(cells[2]),
        number(cells[3]),
        number(cells[4]),
        number(cells[5]),
        text(cells[6]),
        text(cells[7]));
  }

  private static Optional<String> text(String cell) {
    return cell.equals("-") ? Optional.empty() : Optional.of(cell);
  }

  private static OptionalInt number(String cell) {
    return cell.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
  }
}
