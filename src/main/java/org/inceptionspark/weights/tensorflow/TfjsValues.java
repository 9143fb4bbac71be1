package org.inceptionspark.weights.tensorflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * How a TF.js manifest says that a tensor's values are stored.
 *
 * @param dtype the stored type
 * @param original the type the values stand for
 * @param scale factor of a quantised value
 * @param min what is then added
 */
record TfjsValues(DType dtype, DType original, double scale, double min) {

  static TfjsValues of(String file, JsonNode weight) {
    DType original =
        switch (weight.path("dtype").asText()) {
          case "float32" -> DType.FLOAT32;
          case "int32" -> DType.INT32;
          case "bool" -> DType.BOOL;
          case "complex64" -> DType.COMPLEX64;
          default -> throw unsupported(file, "element type", weight.path("dtype"));
        };
    JsonNode quantization = weight.path("quantization");
    if (quantization.isMissingNode() || quantization.isNull()) {
      return new TfjsValues(original, original, 1, 0);
    }
    return switch (quantization.path("dtype").asText()) {
      case "float16" -> new TfjsValues(DType.FLOAT16, original, 1, 0);
      case "uint8" -> affine(file, DType.UINT8, original, quantization);
      case "uint16" -> affine(file, DType.UINT16, original, quantization);
      default -> throw unsupported(file, "quantisation to", quantization.path("dtype"));
    };
  }

  private static TfjsValues affine(
      String file, DType dtype, DType original, JsonNode quantization) {
    JsonNode scale = quantization.path("scale");
    JsonNode min = quantization.path("min");
    if (!scale.isNumber() || !min.isNumber()) {
      throw new WeightsException(
          Kind.BAD_STRUCTURE, file, "quantised without numbers for scale and min");
    }
    return new TfjsValues(dtype, original, scale.asDouble(), min.asDouble());
  }

  private static WeightsException unsupported(String file, String what, JsonNode found) {
    return new WeightsException(
        Kind.UNSUPPORTED, file, what + " " + found + " is not one of TF.js layers models");
  }

  boolean isFloat() {
    return original == DType.FLOAT32;
  }

  /** Values as float32; {@code q * scale + min} in double, rounded once. */
  float[] decode(ByteBuffer stored, int elements) {
    return switch (dtype) {
      case UINT8 -> dequantised(elements, i -> stored.get(i) & 0xFF);
      case UINT16 -> dequantised(elements, i -> stored.getShort(2 * i) & 0xFFFF);
      default -> {
        float[] values = new float[elements];
        dtype.decode(stored, values, 0, elements);
        yield values;
      }
    };
  }

  private float[] dequantised(int elements, IntToDoubleFunction quantum) {
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (float) (quantum.applyAsDouble(i) * scale + min);
    }
    return values;
  }
}
