package org.inceptionspark.weights.file;

import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The fields of one protocol buffer message, in order. The wire format is small, and reading it
 * here keeps large constants as windows on the file and every length checked.
 */
public final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final ByteCursor bytes;
  private int field;
  private int wireType;

  public ProtoReader(ByteCursor bytes) {
    this.bytes = bytes;
  }

  /** Moves to the next field; false at the end of the message. */
  public boolean next() {
    if (bytes.remaining() == 0) {
      return false;
    }
    long tag = bytes.varint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    if (tag >>> 32 != 0 || field == 0) {
      throw bytes.error(
          Kind.BAD_STRUCTURE, "field tag " + tag + " before offset " + bytes.position());
    }
    return true;
  }

  public int field() {
    return field;
  }

  public long varint() {
    expect(VARINT);
    return bytes.varint();
  }

  public int int32() {
    return (int) varint();
  }

  public int fixed32() {
    expect(FIXED32);
    return bytes.i32();
  }

  /** A nested message or a run of packed numbers. */
  public ByteCursor message() {
    expect(DELIMITED);
    return bytes.take(bytes.varint());
  }

  public String string() {
    ByteCursor text = message();
    return text.utf8(text.remaining());
  }

  /** The raw bytes of a numeric field, written packed or one by one. */
  public ByteCursor numbers() {
    return switch (wireType) {
      case DELIMITED -> message();
      case FIXED32 -> bytes.take(4);
      case FIXED64 -> bytes.take(8);
      case VARINT -> bytes.takeVarint();
      default -> throw badWireType();
    };
  }

  public void skip() {
    switch (wireType) {
      case VARINT -> bytes.varint();
      case FIXED64 -> bytes.skip(8);
      case DELIMITED -> bytes.skip(bytes.varint());
      case FIXED32 -> bytes.skip(4);
      default -> throw badWireType();
    }
  }

  private void expect(int expected) {
    if (wireType != expected) {
      throw badWireType();
    }
  }

  private WeightsException badWireType() {
    return bytes.error(
        Kind.BAD_STRUCTURE,
        "field " + field + " has wire type " + wireType + " before offset " + bytes.position());
  }
}
