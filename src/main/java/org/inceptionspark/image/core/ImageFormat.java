package org.inceptionspark.image.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;
import org.inceptionspark.image.core.ImageException.Kind;

/** The formats that are read, recognised by the first bytes; a file's name is never used. */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  TIFF,
  WEBP;

  /**
   * The format of these bytes.
   *
   * @throws ImageException EMPTY, NOT_AN_IMAGE, or UNSUPPORTED_FORMAT for known other formats
   */
  public static ImageFormat of(byte[] bytes) throws ImageException {
    if (bytes.length == 0) {
      throw new ImageException(Kind.EMPTY, "no bytes");
    }
    String head = new String(bytes, 0, Math.min(bytes.length, 32), ISO_8859_1);
    if (head.startsWith("\u00ff\u00d8") && !head.startsWith("\u00ff\u00f7", 2)) {
      return JPEG;
    }
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return GIF;
    }
    if (isBmp(head)) {
      return BMP;
    }
    if (isTiff(head)) {
      Optional<String> raw = CameraRaw.of(bytes);
      if (raw.isPresent()) {
        throw notRead(ForeignFormat.pictureCalled(raw.get()));
      }
      return TIFF;
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    }
    throw ForeignFormat.of(bytes)
        .map(ImageFormat::notRead)
        .orElseGet(() -> unknown(head, bytes.length));
  }

  /** Many texts begin with "BM": the size of the header that follows must be a known one too. */
  private static boolean isBmp(String head) {
    return head.startsWith("BM")
        && head.length() >= 18
        && head.charAt(14) >= 12
        && head.charAt(14) <= 124
        && head.startsWith("\0\0\0", 15);
  }

  private static boolean isTiff(String head) {
    return head.startsWith("II*\0")
        || head.startsWith("MM\0*")
        || head.startsWith("II+\0")
        || head.startsWith("MM\0+");
  }

  private static ImageException notRead(ForeignFormat file) {
    String picture = file.kind() == Kind.NOT_AN_IMAGE ? ", no picture" : " is not read";
    return new ImageException(file.kind(), file.title() + picture);
  }

  private static ImageException unknown(String head, int length) {
    StringBuilder first = new StringBuilder();
    for (int i = 0; i < Math.min(8, head.length()); i++) {
      first.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", (int) head.charAt(i)));
    }
    return new ImageException(
        Kind.NOT_AN_IMAGE, length + " bytes that begin with " + first + ": no known picture");
  }
}
