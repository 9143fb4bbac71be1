package org.inceptionspark.weights.file;

import java.util.Optional;

/**
 * A weight file that cannot be used, and why: one line with the file, the tensor and the detail.
 */
public final class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, coarsely enough to act on. */
  public enum Kind {
    /** The file cannot be opened: absent, a broken link, no permission. */
    UNREADABLE,
    /** The bytes are of no known format. */
    NOT_THIS_FORMAT,
    /** The file ends before its contents do, or a part of a set is absent. */
    TRUNCATED,
    /** A checksum in the file does not match its bytes. */
    BAD_CHECKSUM,
    /** The file contradicts itself or its format. */
    BAD_STRUCTURE,
    /** Well formed, but of a version, compression or type that is not read here. */
    UNSUPPORTED,
    /** The network needs a tensor that the file does not hold. */
    MISSING_TENSOR,
    /** A tensor has another shape than the network needs. */
    WRONG_SHAPE,
    /** A tensor is not of floating-point numbers. */
    WRONG_DTYPE,
    /** One name stands for two tensors. */
    DUPLICATE,
    /** A value is NaN or infinite, or a variance is negative. */
    NON_FINITE,
    /** The file asks for something no weight file needs: running code, reading other places. */
    UNSAFE
  }

  private final Kind kind;
  private final String file;
  private final String tensor;
  private final String detail;

  private WeightsException(Kind kind, String file, String tensor, String detail, Throwable cause) {
    super(file + ": " + (tensor == null ? "" : "tensor " + tensor + ": ") + detail, cause);
    this.kind = kind;
    this.file = file;
    this.tensor = tensor;
    this.detail = detail;
  }

  public WeightsException(Kind kind, String file, String detail) {
    this(kind, file, null, detail, null);
  }

  public WeightsException(Kind kind, String file, String detail, Throwable cause) {
    this(kind, file, null, detail, cause);
  }

  /** The same failure, naming the tensor it concerns unless it already names one. */
  public WeightsException about(String name) {
    return tensor == null ? new WeightsException(kind, file, name, detail, getCause()) : this;
  }

  /** The same failure for a file within an archive, naming that file. */
  public WeightsException within(String archive) {
    return new WeightsException(kind, archive, tensor, detail, getCause());
  }

  public Kind kind() {
    return kind;
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The tensor's name in the file, where the failure concerns one. */
  public Optional<String> tensor() {
    return Optional.ofNullable(tensor);
  }

  /** What is wrong, without file and tensor. */
  public String detail() {
    return detail;
  }
}
