package org.inceptionspark.image.core;

/** Why these bytes give no picture. The kind is the same on every run; the message is one line. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 300;

  /** The reasons, as they appear in the labels table. */
  public enum Kind {
    /** No bytes at all. */
    EMPTY,
    /** The first bytes are not those of a picture. */
    NOT_AN_IMAGE,
    /** A picture, but of a format or variant that is not read. */
    UNSUPPORTED_FORMAT,
    /** A picture that is damaged or cut off. */
    CORRUPT,
    /** More pixels, or more decoding work, than allowed. */
    TOO_LARGE
  }

  private final Kind kind;

  public ImageException(Kind kind, String message) {
    this(kind, message, null);
  }

  public ImageException(Kind kind, String message, Throwable cause) {
    super(oneLine(message), cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public static ImageException corrupt(ImageFormat format, String problem) {
    return new ImageException(Kind.CORRUPT, format + ": " + problem);
  }

  public static ImageException unsupported(ImageFormat format, String variant) {
    return new ImageException(Kind.UNSUPPORTED_FORMAT, format + ": " + variant);
  }

  /** Messages of decoders can quote the file: control characters go, the length is bounded. */
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
