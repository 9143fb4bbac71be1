// Over 300 lines, because java runs it as one source file before anything is compiled.

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes Winograd's transforms, once in scalar form and once in vectors, from the same terms in the
 * same order: that is what makes their bits equal.
 *
 * <p>The minimal filter F(m, r) makes m outputs of an r-tap filter with n = m + r - 1 products. Its
 * transforms are polynomials evaluated at n points: 0, pairs of plus and minus p, and infinity
 * (Lavin and Gray, 2015, after Toom and Cook). A pair shares its even and its odd half.
 */
final class TransformGenerator {
  /** The positive halves of the pairs; n points take the first (n - 2) / 2. */
  private static final double[] PAIRS = {1, 2, 1.0 / 2, 3.0 / 2, 2.0 / 3};

  private static final int[] POINTS = {6, 7, 8, 10, 12};

  /**
   * Points and outputs of each filter in use: F(4,3), F(6,3), F(4,5), F(8,3), F(4,7), F(6,7), and
   * F(3,3) of stride 2, the one whose points are odd in number.
   */
  private static final int[][] OUTPUTS = {
    {6, 4}, {8, 6}, {8, 4}, {10, 8}, {10, 4}, {12, 6}, {7, 3}
  };

  /** A factor times a variable. */
  private record Term(double factor, String variable) {}

  /**
   * A method to write.
   *
   * @param arguments passed on before the channels
   * @param more arguments passed on after them
   */
  private record Method(String name, String parameters, String arguments, String more) {}

  private final boolean vector;
  private final StringBuilder text = new StringBuilder();
  private final List<String> constants = new ArrayList<>();

  private TransformGenerator(boolean vector) {
    this.vector = vector;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).resolve("org/inceptionspark/kernels");
    Files.createDirectories(folder);
    for (boolean vector : new boolean[] {false, true}) {
      String name = vector ? "VectorTransforms" : "ScalarTransforms";
      Files.writeString(
          folder.resolve(name + ".java"), new TransformGenerator(vector).source(name));
    }
  }

  private String source(String name) {
    String body = methods();
    StringBuilder file = new StringBuilder("package org.inceptionspark.kernels;\n\n");
    if (vector) {
      file.append("import jdk.incubator.vector.FloatVector;\n");
      file.append("import jdk.incubator.vector.VectorSpecies;\n\n");
    }
    file.append("/** Winograd's transforms over channels. Made by TransformGenerator. */\n");
    file.append("final class ").append(name).append(" {\n");
    if (vector) {
      file.append("  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;\n");
      file.append("  private static final int LANES = VectorWidth.LANES;\n\n");
    }
    return file.append("  private ")
        .append(name)
        .append("() {}\n")
        .append(body)
        .append("}\n")
        .toString();
  }

  private String methods() {
    dispatchInput();
    dispatchOutput();
    for (int points : POINTS) {
      input(points);
    }
    for (int[] filter : OUTPUTS) {
      for (int parity = 0; parity < 2; parity++) {
        output(filter[0], filter[1], parity);
        biased(filter[0], filter[1], parity);
      }
    }
    return text.toString();
  }

  private void dispatchInput() {
    text.append("\n  /** See {@link Kernels#transformInput}; channels from {@code first} on. */\n");
    text.append("  static void input(int points, ").append(INPUT).append(") {\n");
    text.append("    switch (points) {\n");
    for (int points : POINTS) {
      text.append(
          "      case %1$d -> input%1$d(lines, in, inAt, inLine, pitch, out, outAt, at, first, channels);\n"
              .formatted(points));
    }
    text.append(
        "      default -> throw new IllegalArgumentException(\"points \" + points);\n    }\n  }\n");
  }

  private void dispatchOutput() {
    for (String kind : new String[] {"output", "biased"}) {
      boolean biased = kind.equals("biased");
      String same = biased ? BIASED_ARGUMENTS : OUTPUT_ARGUMENTS;
      String more = biased ? BIAS_ARGUMENTS : "";
      text.append("\n  static void ").append(kind).append("(int points, int outputs, ");
      text.append(biased ? BIASED : OUTPUT).append(") {\n");
      text.append("    switch (points * 16 + outputs) {\n");
      for (int[] filter : OUTPUTS) {
        text.append("      case %d -> {\n".formatted(filter[0] * 16 + filter[1]));
        for (int parity = 0; parity < 2; parity++) {
          text.append(
              "        %s%d_%d_%d(%s, first, channels%s);\n"
                  .formatted(kind, filter[0], filter[1], parity, same, more));
        }
        text.append("      }\n");
      }
      text.append(
          "      default -> throw new IllegalArgumentException(\"points \" + points + \" outputs \" + outputs);\n");
      text.append("    }\n  }\n");
    }
  }

  private static final String INPUT_ARGUMENTS = "lines, in, inAt, inLine, pitch, out, outAt, at";
  private static final String OUTPUT_ARGUMENTS = "in, inAt, inPitch, out, outAt, outPitch";
  private static final String BIASED_ARGUMENTS =
      "lines, in, inAt, inLine, inPitch, out, outAt, outLine, outPitch";
  private static final String BIAS_ARGUMENTS = ", bias, biasAt, floor";

  private static final String INPUT =
      "int lines, float[] in, int inAt, int inLine, int pitch, float[] out, int outAt, int[] at, int first, int channels";
  private static final String OUTPUT =
      "float[] in, int inAt, int inPitch, float[] out, int outAt, int outPitch, int first, int channels";
  private static final String BIASED =
      "int lines, float[] in, int inAt, int inLine, int inPitch, float[] out, int outAt, int outLine, int outPitch, int first, int channels, float[] bias, int biasAt, float floor";

  /**
   * Row 0 and infinity: products of all (x^2 - p^2); rows of a pair: x (x +- p) times the others.
   */
  private void input(int points) {
    int stride = stride(points);
    int even = evenPoints(points);
    int pairs = (even - 2) / 2;
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < points; i++) {
      body.append(load("d" + i, "in", "from + " + i + " * pitch"));
    }
    double[] all = product(pairs, -1);
    List<Term> zero = new ArrayList<>();
    List<Term> infinity = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      zero.add(new Term(all[i], "d" + stride * 2 * i));
      infinity.add(new Term(all[i], "d" + stride * (2 * i + 1)));
    }
    body.append(store(sum(zero), "out", "to0"));
    for (int pair = 0; pair < pairs; pair++) {
      double[] others = product(pairs, pair);
      List<Term> same = new ArrayList<>();
      List<Term> opposite = new ArrayList<>();
      for (int i = 0; i < others.length; i++) {
        same.add(new Term(others[i], "d" + stride * (2 * i + 2)));
        opposite.add(new Term(others[i] * PAIRS[pair], "d" + stride * (2 * i + 1)));
      }
      String s = "s" + pair;
      String o = "o" + pair;
      body.append(let(s, sum(same))).append(let(o, sum(opposite)));
      body.append(store(plus(s, o), "out", "to" + (1 + 2 * pair)));
      body.append(store(minus(s, o), "out", "to" + (2 + 2 * pair)));
    }
    body.append(store(sum(infinity), "out", "to" + (even - 1)));
    for (int i = even; i < points; i++) {
      body.append(store("d" + (2 * (i - even) + 1), "out", "to" + i));
    }
    StringBuilder line = new StringBuilder("      int from = inAt + line * inLine;\n");
    for (int i = 0; i < points; i++) {
      line.append("      int to%1$d = outAt + at[line * %2$d + %1$d];\n".formatted(i, points));
    }
    method(new Method("input" + points, INPUT, INPUT_ARGUMENTS, ""), "", overLines(line, body));
  }

  /** Stride 2 has a product for each odd element besides the minimal filter of the even ones. */
  private static int stride(int points) {
    return points % 2 == 0 ? 1 : 2;
  }

  private static int evenPoints(int points) {
    return points % 2 == 0 ? points : (points + 1) / 2;
  }

  private void output(int points, int outputs, int parity) {
    String name = "output%d_%d_%d".formatted(points, outputs, parity);
    String head = "    int from = inAt;\n    int to = outAt;\n";
    StringBuilder body = outputBody(points, outputs, parity, null);
    method(new Method(name, OUTPUT, OUTPUT_ARGUMENTS, ""), head, overChannels(body));
  }

  private void biased(int points, int outputs, int parity) {
    String name = "biased%d_%d_%d".formatted(points, outputs, parity);
    String head = vector ? "    FloatVector lowest = FloatVector.broadcast(SPECIES, floor);\n" : "";
    StringBuilder line = new StringBuilder("      int from = inAt + line * inLine;\n");
    line.append("      int to = outAt + line * outLine;\n");
    StringBuilder body = new StringBuilder(load("b", "bias", "biasAt"));
    body.append(outputBody(points, outputs, parity, "b"));
    method(new Method(name, BIASED, BIASED_ARGUMENTS, BIAS_ARGUMENTS), head, overLines(line, body));
  }

  /** Outputs of one parity: even ones need the sums of each pair, odd ones the differences. */
  private StringBuilder outputBody(int points, int outputs, int parity, String bias) {
    int even = evenPoints(points);
    int pairs = (even - 2) / 2;
    boolean last = (outputs - 1) % 2 == parity;
    StringBuilder body = new StringBuilder();
    if (parity == 0) {
      body.append(load("m0", "in", "from"));
    }
    for (int pair = 0; pair < pairs; pair++) {
      String positive = "m" + (1 + 2 * pair);
      String negative = "m" + (2 + 2 * pair);
      body.append(load(positive, "in", "from + %d * inPitch".formatted(1 + 2 * pair)));
      body.append(load(negative, "in", "from + %d * inPitch".formatted(2 + 2 * pair)));
      body.append(
          let("s" + pair, parity == 0 ? plus(positive, negative) : minus(positive, negative)));
    }
    if (last) {
      body.append(load("m" + (even - 1), "in", "from + %d * inPitch".formatted(even - 1)));
    }
    for (int i = parity; i < outputs; i += 2) {
      List<Term> terms = new ArrayList<>();
      if (i == 0) {
        terms.add(new Term(1, "m0"));
      }
      for (int pair = 0; pair < pairs; pair++) {
        terms.add(new Term(Math.pow(PAIRS[pair], i), "s" + pair));
      }
      if (i == outputs - 1) {
        terms.add(new Term(1, "m" + (even - 1)));
      }
      if (even < points) {
        body.append(load("m" + (even + i), "in", "from + %d * inPitch".formatted(even + i)));
        terms.add(new Term(1, "m" + (even + i)));
      }
      String value = sum(terms);
      body.append(
          store(bias == null ? value : bounded(value), "out", "to + %d * outPitch".formatted(i)));
    }
    return body;
  }

  /** Coefficients of the product of (x^2 - p^2), at x^0, x^2, ..., without one of the pairs. */
  private static double[] product(int pairs, int without) {
    double[] coefficients = {1};
    for (int pair = 0; pair < pairs; pair++) {
      if (pair != without) {
        double square = PAIRS[pair] * PAIRS[pair];
        double[] next = new double[coefficients.length + 1];
        for (int i = 0; i < coefficients.length; i++) {
          next[i] -= square * coefficients[i];
          next[i + 1] += coefficients[i];
        }
        coefficients = next;
      }
    }
    return coefficients;
  }

  private void method(Method method, String head, String loop) {
    text.append("\n  private static void ").append(method.name());
    text.append("(").append(method.parameters()).append(") {\n").append(head);
    for (int i = 0; i < constants.size(); i++) {
      text.append(
          vector
              ? "    FloatVector k%d = FloatVector.broadcast(SPECIES, %s);\n"
                  .formatted(i, constants.get(i))
              : "    float k%d = %s;\n".formatted(i, constants.get(i)));
    }
    constants.clear();
    if (vector) {
      text.append("    int whole = first + SPECIES.loopBound(channels - first);\n").append(loop);
      text.append(
          "    if (whole < channels) {\n      ScalarTransforms.%s(%s, whole, channels%s);\n    }\n"
              .formatted(dispatched(method.name()), scalarArguments(method), method.more()));
    } else {
      text.append(loop);
    }
    text.append("  }\n");
  }

  private String overLines(StringBuilder line, StringBuilder body) {
    return "    for (int line = 0; line < lines; line++) {\n"
        + line
        + overChannels(body)
        + "    }\n";
  }

  private String overChannels(StringBuilder body) {
    String loop =
        vector
            ? "    for (int c = first; c < whole; c += LANES) {\n"
            : "    for (int c = first; c < channels; c++) {\n";
    return loop + body + "    }\n";
  }

  /** The tail calls the dispatching method, for simplicity. */
  private static String dispatched(String name) {
    return name.replaceAll("[0-9_]+", "");
  }

  private static String scalarArguments(Method method) {
    String[] numbers = method.name().replaceAll("[a-z]+", "").split("_");
    return numbers.length == 1
        ? numbers[0] + ", " + method.arguments()
        : numbers[0] + ", " + numbers[1] + ", " + method.arguments();
  }

  private String load(String variable, String array, String at) {
    return vector
        ? "      FloatVector %s = FloatVector.fromArray(SPECIES, %s, %s + c);\n"
            .formatted(variable, array, at)
        : "      float %s = %s[%s + c];\n".formatted(variable, array, at);
  }

  private String let(String variable, String value) {
    return "      %s %s = %s;\n".formatted(vector ? "FloatVector" : "float", variable, value);
  }

  private String store(String value, String array, String at) {
    return vector
        ? "      %s.intoArray(%s, %s + c);\n".formatted(value, array, at)
        : "      %s[%s + c] = %s;\n".formatted(array, at, value);
  }

  private String bounded(String value) {
    return vector ? value + ".add(b).max(lowest)" : "Math.max(" + value + " + b, floor)";
  }

  private String plus(String a, String b) {
    return vector ? a + ".add(" + b + ")" : "(" + a + " + " + b + ")";
  }

  private String minus(String a, String b) {
    return vector ? a + ".sub(" + b + ")" : "(" + a + " - " + b + ")";
  }

  /** Terms with the factor 1 first: they cost an addition, the others a fused multiply-add. */
  private String sum(List<Term> terms) {
    List<Term> ordered = new ArrayList<>(terms);
    ordered.removeIf(term -> term.factor() == 0);
    ordered.sort((a, b) -> Boolean.compare(a.factor() != 1, b.factor() != 1));
    Term start = ordered.get(0);
    String value = start.factor() == 1 ? start.variable() : times(start);
    for (Term term : ordered.subList(1, ordered.size())) {
      if (term.factor() == 1) {
        value = plus(value, term.variable());
      } else if (term.factor() == -1) {
        value = minus(value, term.variable());
      } else if (vector) {
        value = "%s.fma(%s, %s)".formatted(term.variable(), constant(term.factor()), value);
      } else {
        value = "Math.fma(%s, %s, %s)".formatted(term.variable(), constant(term.factor()), value);
      }
    }
    return value;
  }

  private String times(Term term) {
    String k = constant(term.factor());
    return vector ? term.variable() + ".mul(" + k + ")" : "(" + term.variable() + " * " + k + ")";
  }

  private String constant(double factor) {
    String literal = (float) factor + "f";
    if (!constants.contains(literal)) {
      constants.add(literal);
    }
    return "k" + constants.indexOf(literal);
  }
}
