package org.inceptionspark.weights.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsFile;

/**
 * Networks that are mistaken for an Inception V3, recognised by the names of their tensors; the
 * rows of {@code other-networks.tsv}.
 */
final class OtherNetworks {
  private static final List<Row> TABLE = readTable();

  private OtherNetworks() {}

  private record Row(Pattern name, String title) {}

  /** What users call the network with these tensors, if it is a known one. */
  static Optional<String> title(List<StoredTensor> tensors) {
    return tensors.stream()
        .flatMap(tensor -> TABLE.stream().filter(row -> row.name.matcher(tensor.name()).find()))
        .map(Row::title)
        .findFirst();
  }

  /** The same failure, saying which network the file is of, if it is a known one. */
  static WeightsException named(WeightsException failure, WeightsFile file) {
    return title(file.tensors())
        .map(title -> failure.detail() + "; its names are those of " + title)
        .map(detail -> new WeightsException(failure.kind(), failure.file(), detail))
        .orElse(failure);
  }

  private static List<Row> readTable() {
    try (BufferedReader table =
        new BufferedReader(
            new InputStreamReader(
                OtherNetworks.class.getResourceAsStream("other-networks.tsv"),
                StandardCharsets.UTF_8))) {
      return table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .map(cells -> new Row(Pattern.compile(cells[0]), cells[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
