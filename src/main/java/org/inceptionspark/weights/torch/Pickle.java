package org.inceptionspark.weights.torch;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.PickleStack.PickleList;

/**
 * A pickle machine that builds plain data. What a pickle would import, call or load goes to {@link
 * TorchObjects}, which describes tensors, uses placeholders for everything else and refuses what
 * runs things; nothing is ever run.
 */
final class Pickle {
  /** Stands for Python's None. */
  static final Object NONE = new Object();

  /** Longer ones would take long to parse as a number. */
  private static final int MOST_DIGITS = 1000;

  private final ByteCursor in;
  private final TorchObjects objects;
  private final PickleStack stack;

  private Pickle(ByteCursor in, TorchObjects objects) {
    this.in = in;
    this.objects = objects;
    this.stack = new PickleStack(in);
  }

  /** Reads one pickle and moves the cursor past it. */
  static Object load(ByteCursor in, TorchObjects objects) {
    Pickle pickle = new Pickle(in, objects);
    for (int opcode = in.u8(); opcode != '.'; opcode = in.u8()) {
      pickle.step(opcode);
    }
    return pickle.stack.pop();
  }

  private void step(int opcode) {
    switch (opcode) {
      case 0x80 -> in.skip(1);
      case 0x95 -> in.skip(8);
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 'q' -> stack.put(in.u8());
      case 'r' -> stack.put(in.u32());
      case 'p' -> stack.put(number(line()));
      case 0x94 -> stack.memoize();
      case 'h' -> stack.get(in.u8());
      case 'j' -> stack.get(in.u32());
      case 'g' -> stack.get(number(line()));
      case ']', ')', 'l', 't', 0x85, 0x86, 0x87, 0x8F, 0x90, 0x91, 'a', 'e', '}', 'd', 's', 'u' ->
          container(opcode);
      case 'c' -> stack.push(objects.global(line(), line()));
      case 0x93 -> {
        List<Object> names = stack.pop(2);
        stack.push(objects.global(String.valueOf(names.get(0)), String.valueOf(names.get(1))));
      }
      case 'R', 0x81 -> {
        List<Object> call = stack.pop(2);
        stack.push(objects.call(call.get(0), call.get(1)));
      }
      case 0x92 -> {
        List<Object> call = stack.pop(3);
        stack.push(objects.call(call.get(0), call.get(1)));
      }
      case 'i' -> {
        TorchObjects.Global type = objects.global(line(), line());
        stack.push(objects.call(type, new PickleList(stack.popToMark())));
      }
      case 'o' -> {
        List<Object> call = stack.popToMark();
        if (call.isEmpty()) {
          throw stack.error("makes an object of no class");
        }
        stack.push(objects.call(call.get(0), new PickleList(call.subList(1, call.size()))));
      }
      case 'b' -> build(stack.pop());
      case 'Q' -> stack.push(objects.persistent(stack.pop()));
      default -> stack.push(constant(opcode));
    }
  }

  /** The state of a dictionary or tensor is only hooks and metadata. */
  private void build(Object state) {
    if (stack.top() instanceof TorchPlaceholder placeholder) {
      placeholder.setState(state);
    }
  }

  private void container(int opcode) {
    switch (opcode) {
      case ']', ')', 0x8F -> stack.push(new PickleList(new ArrayList<>()));
      case 'l', 't', 0x91 -> stack.push(new PickleList(stack.popToMark()));
      case 0x85, 0x86, 0x87 -> stack.push(new PickleList(stack.pop(opcode - 0x84)));
      case 'a' -> stack.append(stack.pop(1));
      case 'e', 0x90 -> stack.append(stack.popToMark());
      case '}' -> stack.push(new PickleDict());
      case 'd' -> {
        List<Object> items = stack.popToMark();
        stack.push(new PickleDict());
        stack.setItems(items);
      }
      case 's' -> stack.setItems(stack.pop(2));
      default -> stack.setItems(stack.popToMark());
    }
  }

  private Object constant(int opcode) {
    return switch (opcode) {
      case 'N' -> NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'I', 'L' -> written(line());
      case 'J' -> (long) in.i32();
      case 'K' -> (long) in.u8();
      case 'M' -> (long) in.u16();
      case 0x8A -> integer(in.u8());
      case 0x8B -> integer(in.i32());
      case 'F', 'S' -> line();
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(in.i64()));
      case 'X', 'T', 'B' -> in.utf8(in.u32());
      case 0x8C, 'U', 'C' -> in.utf8(in.u8());
      case 0x8D, 0x8E, 0x96 -> in.utf8(in.i64());
      case 'V' -> line();
      default ->
          throw in.error(
              Kind.BAD_STRUCTURE,
              String.format(
                  Locale.ROOT, "pickle opcode %02X before offset %d", opcode, in.position()));
    };
  }

  /** Little-endian two's complement. */
  private Number integer(int length) {
    byte[] bytes = in.bytes(length);
    byte[] reversed = new byte[length + 1];
    for (int i = 0; i < length; i++) {
      reversed[length - i] = bytes[i];
    }
    reversed[0] = (byte) (length > 0 && bytes[length - 1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(reversed);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** Protocol 0 writes truth as {@code 01}, which no number begins with. */
  private Object written(String text) {
    return switch (text) {
      case "01" -> true;
      case "00" -> false;
      default -> whole(text.replaceFirst("L$", ""));
    };
  }

  private Number whole(String text) {
    try {
      if (text.length() > MOST_DIGITS) {
        throw noNumber(text);
      }
      BigInteger value = new BigInteger(text);
      return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    } catch (NumberFormatException e) {
      throw noNumber(text);
    }
  }

  private long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw noNumber(text);
    }
  }

  private WeightsException noNumber(String text) {
    return in.error(Kind.BAD_STRUCTURE, "pickle has " + text.length() + " characters for a number");
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int character = in.u8(); character != '\n'; character = in.u8()) {
      line.append((char) character);
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
