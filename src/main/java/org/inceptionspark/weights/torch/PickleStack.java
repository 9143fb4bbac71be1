package org.inceptionspark.weights.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** The stack, marks and memo of a pickle machine, with every use checked. */
final class PickleStack {
  private final ByteCursor source;
  private final List<Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  PickleStack(ByteCursor source) {
    this.source = source;
  }

  void push(Object value) {
    values.add(value);
  }

  Object pop() {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (values.size() <= floor) {
      throw error("takes a value that is not there");
    }
    return values.remove(values.size() - 1);
  }

  Object top() {
    Object top = pop();
    push(top);
    return top;
  }

  void mark() {
    marks.add(values.size());
  }

  /** Removes and returns everything above the last mark, and the mark. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw error("has no mark");
    }
    List<Object> above = values.subList(marks.remove(marks.size() - 1), values.size());
    List<Object> popped = new ArrayList<>(above);
    above.clear();
    return popped;
  }

  /** The last {@code count} values, first to last. */
  List<Object> pop(int count) {
    List<Object> popped = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      popped.add(0, pop());
    }
    return popped;
  }

  void put(long index) {
    memo.put(index, top());
  }

  void memoize() {
    put(memo.size());
  }

  void get(long index) {
    if (!memo.containsKey(index)) {
      throw error("reads memo entry " + index + ", which was never written");
    }
    push(memo.get(index));
  }

  /** Adds values to the list on top; a placeholder ignores them. */
  void append(List<Object> added) {
    Object top = top();
    if (top instanceof PickleList list) {
      list.values().addAll(added);
    } else if (!(top instanceof TorchPlaceholder)) {
      throw error("appends to what is not a list");
    }
  }

  /** Sets alternating keys and values in the dictionary on top; a placeholder ignores them. */
  void setItems(List<Object> items) {
    Object top = top();
    if (items.size() % 2 != 0) {
      throw error("sets a key without a value");
    }
    if (top instanceof PickleDict dict) {
      for (int i = 0; i < items.size(); i += 2) {
        dict.values().put(items.get(i), items.get(i + 1));
      }
    } else if (!(top instanceof TorchPlaceholder)) {
      throw error("sets items of what is not a dictionary");
    }
  }

  WeightsException error(String detail) {
    return source.error(Kind.BAD_STRUCTURE, "pickle " + detail + ", offset " + source.position());
  }

  /** A list or tuple. Compared by identity, since it may contain itself. */
  static final class PickleList {
    private final List<Object> values;

    PickleList(List<Object> values) {
      this.values = values;
    }

    List<Object> values() {
      return values;
    }
  }

  /** A dictionary, in order of insertion. */
  static final class PickleDict {
    private final Map<Object, Object> values = new LinkedHashMap<>();

    Map<Object, Object> values() {
      return values;
    }
  }
}
