package org.inceptionspark.weights.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;

/**
 * An operation of an ONNX graph, with its attributes that are numbers: whole ones, and fractions.
 */
public record OnnxNode(
    String name,
    String op,
    List<String> inputs,
    List<String> outputs,
    Map<String, Long> numbers,
    Map<String, Float> fractions) {

  /** NodeProto: input (1), output (2), name (3), op_type (4), attribute (5). */
  static OnnxNode parse(ByteCursor message) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Long> numbers = new HashMap<>();
    Map<String, Float> fractions = new HashMap<>();
    String name = "";
    String op = "";
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.string());
        case 2 -> outputs.add(in.string());
        case 3 -> name = in.string();
        case 4 -> op = in.string();
        case 5 -> addNumber(in.message(), numbers, fractions);
        default -> in.skip();
      }
    }
    return new OnnxNode(
        name,
        op,
        List.copyOf(inputs),
        List.copyOf(outputs),
        Map.copyOf(numbers),
        Map.copyOf(fractions));
  }

  /** AttributeProto: name (1), f (2), i (3). */
  private static void addNumber(
      ByteCursor message, Map<String, Long> numbers, Map<String, Float> fractions) {
    String name = "";
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> fractions.put(name, Float.intBitsToFloat(in.fixed32()));
        case 3 -> numbers.put(name, in.varint());
        default -> in.skip();
      }
    }
  }
}
