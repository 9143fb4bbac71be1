package org.inceptionspark.job.transfer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Objects in Java's serialised form. */
public final class JavaBytes {
  private JavaBytes() {}

  /**
   * @throws UncheckedIOException if a part of the object is not {@link java.io.Serializable}
   */
  public static byte[] of(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Like {@link #of}, for large objects: serialises twice, first to find the length, and so holds
   * no more than the result.
   */
  public static byte[] ofLarge(Object value) {
    try {
      Length length = new Length();
      write(value, length);
      byte[] bytes = new byte[Math.toIntExact(length.bytes)];
      write(value, new Filled(ByteBuffer.wrap(bytes)));
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Object value, OutputStream to) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(to)) {
      out.writeObject(value);
    }
  }

  private static final class Length extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }

  private static final class Filled extends OutputStream {
    private final ByteBuffer left;

    Filled(ByteBuffer left) {
      this.left = left;
    }

    @Override
    public void write(int value) {
      left.put((byte) value);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      left.put(from, offset, length);
    }
  }

  /**
   * @param <T> what {@link #of} was given
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> T value(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("a sent value cannot be read: " + e.getMessage(), e);
    }
  }
}
