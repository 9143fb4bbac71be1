package org.inceptionspark.weights.file;

import java.util.List;
import org.inceptionspark.tensor.Tensor;

/** Weights from an archive, in a folder that is removed when they are closed. */
public final class UnpackedWeights implements WeightsFile {
  private final WeightsFile inner;
  private final TemporaryFolder folder;

  public UnpackedWeights(WeightsFile inner, TemporaryFolder folder) {
    this.inner = inner;
    this.folder = folder;
  }

  public WeightsFile inner() {
    return inner;
  }

  /** The same folder, with another view of what is in it. */
  public UnpackedWeights with(WeightsFile view) {
    return new UnpackedWeights(view, folder);
  }

  /** Removes the folder; files that are open can still be read. */
  public void removeFolder() {
    folder.close();
  }

  @Override
  public WeightsFormat format() {
    return inner.format();
  }

  @Override
  public List<StoredTensor> tensors() {
    return inner.tensors();
  }

  @Override
  public Tensor read(String name) {
    return inner.read(name);
  }

  @Override
  public void close() {
    inner.close();
    folder.close();
  }
}
