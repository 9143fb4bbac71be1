package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What becomes of an object that a store refuses, with the answers of AWS as S3A hands them on. */
class ObjectRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|InvalidObjectState|The operation is not valid for the object's storage class"
            + "|ARCHIVED|in an archive class",
        "403|AccessDenied|User: x is not authorized to perform: kms:Decrypt on resource: key/1"
            + "|ACCESS_DENIED|allow kms:Decrypt",
        "400|KMS.DisabledException|arn:aws:kms:eu:1:key/1 is disabled.|ACCESS_DENIED|KMS key",
        "400|InvalidRequest|The object was stored using a form of Server Side Encryption. The"
            + " correct parameters must be provided to retrieve the object."
            + "|ACCESS_DENIED|customer's key",
        "403|AccessDenied|Access Denied|UNREADABLE|access denied, check the credentials",
        "500|InternalError|We encountered an internal error|UNREADABLE|storage answered 500",
      })
  void eachReasonHasItsKindAndItsWords(
      int status, String code, String message, String kind, String words) {
    IOException failure =
        S3AUtils.translateException(
            "open",
            "s3a://bucket/a.jpg",
            (S3Exception)
                S3Exception.builder()
                    .statusCode(status)
                    .message(message)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                    .build());
    assertThat(ReadAhead.outcome(failure)).hasToString(kind);
    assertThat(StorageFailure.describe(failure)).contains(words);
  }

  @Test
  void anArchiveIsNotAskedAgainEachNight() {
    assertThat(Outcome.worthAnotherTry()).containsExactly("ACCESS_DENIED", "UNREADABLE");
  }

  @Test
  void filesOfThisMachineHaveNoCredentials() {
    assertThat(StorageFailure.describe(new AccessDeniedException("/data/in")))
        .isEqualTo("permission denied");
    assertThat(StorageFailure.describe(new FileNotFoundException("/a/b.jpg (Permission denied)")))
        .isEqualTo("permission denied");
    assertThat(StorageFailure.describe(new FileNotFoundException("/a/b.jpg (Too many open files)")))
        .isEqualTo("too many open files");
    assertThat(
            StorageFailure.describe(
                new FileNotFoundException("/a/b (1).jpg (No such file or directory)")))
        .isEqualTo("not found");
    assertThat(
            StorageFailure.describe(new FileNotFoundException("No such file: s3a://b/x (1).jpg")))
        .isEqualTo("not found");
  }

  @Test
  void theSchemeOfOtherToolsIsExplained() {
    assertThat(
            StorageFailure.describe(
                new UnsupportedFileSystemException("No FileSystem for scheme \"s3\"")))
        .endsWith("for S3 write s3a://");
  }

  @Test
  void whatEndsADriverIsALine() {
    assertThat(StorageFailure.describe(new OutOfMemoryError("Java heap space")))
        .isEqualTo("out of memory (Java heap space): give the driver more with --driver-memory");
    assertThat(StorageFailure.describe(new IOException(new NoClassDefFoundError("org/x/Y"))))
        .startsWith("org/x/Y is missing");
  }
}
