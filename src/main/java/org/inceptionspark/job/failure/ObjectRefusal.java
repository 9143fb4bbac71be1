package org.inceptionspark.job.failure;

import java.util.Optional;
import java.util.regex.Pattern;
import org.inceptionspark.shims.AwsAnswer;

/**
 * Why a store refuses this object although it gives us others: the credentials are valid, and each
 * reason has its own cure.
 */
public enum ObjectRefusal {
  /** In an archive class: it cannot be read before it is restored. */
  ARCHIVED("in an archive class of the storage: restore it"),
  /** Encrypted with a KMS key that the reader may not use. */
  KMS("encrypted, and its KMS key is not for this reader: allow kms:Decrypt"),
  /** Encrypted with a key that the reader must supply. */
  CUSTOMER_KEY("encrypted with a customer's key, which must be given (fs.s3a.encryption.key)");

  private static final Pattern OF_KMS = Pattern.compile("(?i)\\bkms\\b");
  private static final Pattern OF_CUSTOMER_KEY =
      Pattern.compile("stored using a form of Server Side Encryption|(?i)customer.?key|SSE-C");

  private final String words;

  ObjectRefusal(String words) {
    this.words = words;
  }

  /** If it is one. */
  public static Optional<ObjectRefusal> of(Throwable failure) {
    return AwsAnswer.of(failure).flatMap(ObjectRefusal::of);
  }

  private static Optional<ObjectRefusal> of(AwsAnswer answer) {
    if (answer.code().equals("InvalidObjectState")) {
      return Optional.of(ARCHIVED);
    }
    if (answer.code().startsWith("KMS.")
        || answer.status() == 403 && OF_KMS.matcher(answer.message()).find()) {
      return Optional.of(KMS);
    }
    return OF_CUSTOMER_KEY.matcher(answer.message()).find()
        ? Optional.of(CUSTOMER_KEY)
        : Optional.empty();
  }

  String words() {
    return words;
  }
}
