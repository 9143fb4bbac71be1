package org.inceptionspark.labels;

import java.util.ArrayList;
import java.util.List;

/** The lines of a label file: plain names, or number, id and name separated by tabs. */
final class LabelLines {
  private LabelLines() {}

  static List<String> parse(String source, List<String> lines) {
    List<String> names = new ArrayList<>();
    boolean table = !lines.isEmpty() && lines.get(0).indexOf('\t') >= 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutByteOrderMark(lines.get(i));
      boolean header = table && i == 0 && !Character.isDigit(line.charAt(0));
      if (!line.isBlank() && !header) {
        names.add(table ? cell(source, i + 1, line, names.size()) : line.strip());
      } else if (line.isBlank() && !table && i < lines.size() - 1) {
        throw new IllegalArgumentException(
            source + ", line " + (i + 1) + ": empty, which would shift the names after it");
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(source + ": no labels in it");
    }
    return names;
  }

  private static String cell(String source, int lineNumber, String line, int expected) {
    String[] cells = line.split("\t", -1);
    if (!cells[0].strip().equals(Integer.toString(expected))) {
      throw new IllegalArgumentException(
          source + ", line " + lineNumber + ": class " + expected + " expected, found " + cells[0]);
    }
    return cells[cells.length - 1].strip();
  }

  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
