package org.inceptionspark.shims;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store answered instead of an object, as AWS's libraries represent it: version 2 with
 * Hadoop 3.4 and version 1 with 3.3. Looked up by name, since a site without S3 has neither.
 *
 * @param code the store's own, such as {@code ExpiredToken}; empty if it said none, as to HEAD
 * @param message the store's words; empty if there are none
 * @param requestId the store's number for the request; empty if whoever answered was no store of S3
 * @param region of the bucket, if it is told
 */
public record AwsAnswer(
    int status, String code, String message, String requestId, Optional<String> region) {
  private static final String REGION = "x-amz-bucket-region";
  private static final String FIRST = "com.amazonaws.AmazonServiceException";
  private static final String SECOND =
      "software.amazon.awssdk.awscore.exception.AwsServiceException";

  /** The answer that a failure comes from, if it is one. */
  public static Optional<AwsAnswer> of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (extendsClass(e, SECOND)) {
        return Optional.of(ofSecond(e));
      }
      if (extendsClass(e, FIRST)) {
        return Optional.of(ofFirst(e));
      }
    }
    return Optional.empty();
  }

  private static boolean extendsClass(Throwable e, String name) {
    for (Class<?> type = e.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static AwsAnswer ofSecond(Throwable e) {
    Object details = call(e, "awsErrorDetails");
    Object response = details == null ? null : call(details, "sdkHttpResponse");
    return new AwsAnswer(
        (Integer) call(e, "statusCode"),
        details == null ? "" : text(call(details, "errorCode")),
        details == null ? "" : text(call(details, "errorMessage")),
        text(call(e, "requestId")),
        response == null ? Optional.empty() : region((Map<?, ?>) call(response, "headers")));
  }

  private static AwsAnswer ofFirst(Throwable e) {
    return new AwsAnswer(
        (Integer) call(e, "getStatusCode"),
        text(call(e, "getErrorCode")),
        text(call(e, "getErrorMessage")),
        text(call(e, "getRequestId")),
        region((Map<?, ?>) call(e, "getHttpHeaders")));
  }

  /** The values are texts in the first library, and lists of them in the second. */
  private static Optional<String> region(Map<?, ?> headers) {
    return headers == null
        ? Optional.empty()
        : headers.entrySet().stream()
            .filter(header -> REGION.equalsIgnoreCase(text(header.getKey())))
            .map(Map.Entry::getValue)
            .map(value -> value instanceof List<?> values ? values.get(0) : value)
            .map(AwsAnswer::text)
            .findFirst();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static Object call(Object on, String method) {
    try {
      Method asked = on.getClass().getMethod(method);
      asked.setAccessible(true); // the class that has it need not be public
      return asked.invoke(on);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an AWS library without " + method, e);
    }
  }
}
