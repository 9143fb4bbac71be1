package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
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
        "400|ExpiredToken|The provided token has expired.|UNREADABLE|renew the credentials",
        "403|RequestTimeTooSkewed|The difference is too large.|UNREADABLE|clock of this machine",
        "400|AuthorizationHeaderMalformed|the region is wrong|UNREADABLE|in another region: set",
        "407|Proxy|Authentication Required|UNREADABLE|set fs.s3a.proxy.username",
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
                    .requestId("4442587FB7D0A2F9")
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                    .build());
    assertThat(ReadAhead.outcome(failure)).hasToString(kind);
    assertThat(StorageFailure.describe(failure)).contains(words);
  }

  /** A proxy or firewall refuses in the store's place; the credentials may well be right. */
  @Test
  void refusalOfAProxy() {
    S3Exception html = (S3Exception) S3Exception.builder().statusCode(403).message("no").build();
    IOException failure = S3AUtils.translateException("open", "s3a://bucket/a.jpg", html);
    assertThat(StorageFailure.describe(failure)).contains("check the credentials and the proxy");
    assertThatThrownBy(() -> StorageFailure.about("input s3a://bucket", failure))
        .isInstanceOf(ConfigurationException.class);
  }

  /** As on a site with HDFS or Azure's store alone: neither of AWS's libraries is there. */
  @Test
  void aSiteWithoutAwsHasFailuresToo() throws Exception {
    ClassLoader withoutAws = new WithoutAws();
    Method describe =
        withoutAws.loadClass(StorageFailure.class.getName()).getMethod("describe", Throwable.class);
    assertThat(describe.invoke(null, new FileNotFoundException("a.jpg"))).isEqualTo("not found");
  }

  /** Has the project's classes of its own, so that these are linked again. */
  private static final class WithoutAws extends ClassLoader {
    WithoutAws() {
      super(ObjectRefusalTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("software.amazon.") || name.startsWith("com.amazonaws.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.inceptionspark.") || findLoadedClass(name) != null) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void theBucketsRegionIsTold() {
    IOException failure =
        S3AUtils.translateException(
            "open",
            "s3a://bucket/a.jpg",
            (S3Exception)
                S3Exception.builder()
                    .statusCode(301)
                    .awsErrorDetails(
                        AwsErrorDetails.builder()
                            .errorCode("PermanentRedirect")
                            .sdkHttpResponse(
                                SdkHttpResponse.builder()
                                    .putHeader("x-amz-bucket-region", "eu-central-1")
                                    .build())
                            .build())
                    .build());
    assertThat(StorageFailure.describe(failure))
        .isEqualTo("the bucket is in another region, eu-central-1: set fs.s3a.endpoint.region");
    assertThatThrownBy(() -> StorageFailure.about("input s3a://bucket/in", failure))
        .isInstanceOf(ConfigurationException.class);
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
