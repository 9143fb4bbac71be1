package org.inceptionspark.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class FaultyStoreTest {
  private static final Duration DELAY = Duration.ofMillis(300);

  /** That there is a delay at all, which the benchmark of a distant store rests on. */
  @Test
  void everyAnswerTakesAtLeastTheDelay(@TempDir Path directory) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, "id", "secret");
        S3Client client = s3.client()) {
      client.createBucket(bucket -> bucket.bucket("bucket"));
      Map<String, Runnable> requests = requests(client);
      requests.values().forEach(Runnable::run); // connections, classes: what is slow but once
      s3.store().delay(DELAY);
      requests.forEach(
          (name, request) -> assertThat(time(request)).as(name).isGreaterThanOrEqualTo(DELAY));
    }
  }

  private static Map<String, Runnable> requests(S3Client client) {
    Map<String, Runnable> requests = new LinkedHashMap<>();
    requests.put(
        "PUT", () -> client.putObject(r -> r.bucket("bucket").key("a"), RequestBody.empty()));
    requests.put("HEAD", () -> client.headObject(r -> r.bucket("bucket").key("a")));
    requests.put("GET", () -> client.getObjectAsBytes(r -> r.bucket("bucket").key("a")));
    requests.put("list", () -> client.listObjectsV2(r -> r.bucket("bucket")));
    requests.put("START", () -> client.createMultipartUpload(r -> r.bucket("bucket").key("b")));
    requests.put("uploads", () -> client.listMultipartUploads(r -> r.bucket("bucket")));
    requests.put("DELETE", () -> client.deleteObject(r -> r.bucket("bucket").key("a")));
    return requests;
  }

  private static Duration time(Runnable request) {
    long start = System.nanoTime();
    request.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
