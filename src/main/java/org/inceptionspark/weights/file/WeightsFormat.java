package org.inceptionspark.weights.file;

/** The containers that are read, recognised by their bytes. */
public enum WeightsFormat {
  TENSORFLOW_V1("TensorFlow checkpoint V1"),
  TENSORFLOW_V2("TensorFlow checkpoint V2"),
  FROZEN_GRAPH("TensorFlow frozen graph"),
  TFJS("TF.js layers model"),
  SAFETENSORS("safetensors"),
  HDF5("Keras HDF5"),
  KERAS_ARCHIVE("Keras archive"),
  TORCH("torch archive"),
  TORCH_LEGACY("torch legacy file"),
  ONNX("ONNX");

  private final String title;

  WeightsFormat(String title) {
    this.title = title;
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return title;
  }
}
