package org.inceptionspark.weights.file;

import java.util.List;
import java.util.function.Predicate;
import org.inceptionspark.tensor.Tensor;

/** Some of a file's tensors, selected by their names. */
public record PrefixedWeights(WeightsFile file, Predicate<String> mine) implements WeightsFile {
  @Override
  public WeightsFormat format() {
    return file.format();
  }

  @Override
  public List<StoredTensor> tensors() {
    return file.tensors().stream().filter(tensor -> mine.test(tensor.name())).toList();
  }

  @Override
  public Tensor read(String name) {
    return file.read(name);
  }

  @Override
  public void close() {
    file.close();
  }
}
