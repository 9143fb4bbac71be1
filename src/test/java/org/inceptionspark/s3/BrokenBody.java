package org.inceptionspark.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The first half of a body, and what comes instead of the other. */
final class BrokenBody extends InputStream {
  private interface End {
    int reached() throws IOException;
  }

  private final ByteArrayInputStream half;
  private final End end;

  private BrokenBody(byte[] half, End end) {
    this.half = new ByteArrayInputStream(half);
    this.end = end;
  }

  /** Ends with an error, so that the server drops the connection instead of waiting. */
  static ResponseInputStream<GetObjectResponse> cut(ResponseInputStream<GetObjectResponse> whole) {
    return instead(
        whole,
        () -> {
          throw new IOException("cut off by the test");
        });
  }

  /** Says nothing more until released; then ends with an error. */
  static ResponseInputStream<GetObjectResponse> hanging(
      ResponseInputStream<GetObjectResponse> whole, CountDownLatch released) {
    return instead(
        whole,
        () -> {
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("hung by the test");
        });
  }

  /** Half the length, and half the bytes. */
  static ResponseInputStream<GetObjectResponse> half(ResponseInputStream<GetObjectResponse> whole) {
    byte[] half = firstHalf(whole);
    GetObjectResponse response =
        whole.response().toBuilder().contentLength((long) half.length).build();
    return new ResponseInputStream<>(response, new ByteArrayInputStream(half));
  }

  private static ResponseInputStream<GetObjectResponse> instead(
      ResponseInputStream<GetObjectResponse> whole, End end) {
    return new ResponseInputStream<>(whole.response(), new BrokenBody(firstHalf(whole), end));
  }

  private static byte[] firstHalf(ResponseInputStream<GetObjectResponse> whole) {
    try (whole) {
      return whole.readNBytes((int) (whole.response().contentLength() / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    int next = half.read();
    return next < 0 ? end.reached() : next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = half.read(target, offset, length);
    return count < 0 ? end.reached() : count;
  }
}
