package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;

/**
 * A NodeDef of a TensorFlow graph.
 *
 * @param inputs names of the nodes whose first output it takes; control inputs are left out
 * @param attributes AttrValue messages by name
 */
public record GraphNode(
    String name, String op, List<String> inputs, Map<String, ByteCursor> attributes) {
  private static final int FLOAT = 4;
  private static final int BOOL = 5;
  private static final int TENSOR = 8;

  /** NodeDef: name (1), op (2), input (3), attr (5) with key (1) and value (2). */
  static GraphNode parse(ByteCursor message) {
    String name = "";
    String op = "";
    List<String> inputs = new ArrayList<>();
    Map<String, ByteCursor> attributes = new HashMap<>();
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> op = in.string();
        case 3 -> {
          String input = in.string();
          if (!input.startsWith("^")) {
            inputs.add(input.replaceFirst(":0$", ""));
          }
        }
        case 5 -> addAttribute(in.message(), attributes);
        default -> in.skip();
      }
    }
    return new GraphNode(name, op, List.copyOf(inputs), Map.copyOf(attributes));
  }

  private static void addAttribute(ByteCursor entry, Map<String, ByteCursor> attributes) {
    String key = "";
    ByteCursor value = null;
    ProtoReader in = new ProtoReader(entry);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.string();
        case 2 -> value = in.message();
        default -> in.skip();
      }
    }
    if (value != null) {
      attributes.put(key, value);
    }
  }

  /** The TensorProto of a constant. */
  Optional<ByteCursor> tensor() {
    return attribute("value").flatMap(value -> field(value, TENSOR)).map(ByteCursor::rewound);
  }

  /** A floating-point attribute. */
  public Optional<Float> number(String attribute) {
    return attribute(attribute)
        .flatMap(value -> field(value, FLOAT))
        .map(bytes -> Float.intBitsToFloat(bytes.i32()));
  }

  /** A truth value; false if there is none. */
  public boolean flag(String attribute) {
    return attribute(attribute)
        .flatMap(value -> field(value, BOOL))
        .map(bytes -> bytes.u8() != 0)
        .orElse(false);
  }

  private Optional<ByteCursor> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(ByteCursor::rewound);
  }

  private static Optional<ByteCursor> field(ByteCursor message, int field) {
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      if (in.field() == field) {
        return Optional.of(field == TENSOR ? in.message() : in.numbers());
      }
      in.skip();
    }
    return Optional.empty();
  }
}
