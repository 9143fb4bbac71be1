package org.inceptionspark.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Runs an {@link EmbeddedS3} as a process: puts the photographs of one directory in a bucket,
 * prints the endpoint when ready, and ends with the process that started it.
 *
 * <p>Arguments: directory of the store, bucket, prefix, directory of .jpg files. The credentials
 * are {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}.
 */
final class S3Store {
  private S3Store() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "needs 4 arguments: STORE BUCKET PREFIX PHOTOS; found " + args.length);
    }
    ProcessHandle starter = ProcessHandle.current().parent().orElseThrow();
    try (EmbeddedS3 s3 =
        EmbeddedS3.start(
            Files.createDirectories(Path.of(args[0])),
            System.getenv("AWS_ACCESS_KEY_ID"),
            System.getenv("AWS_SECRET_ACCESS_KEY"))) {
      try (S3Client client = s3.client()) {
        client.createBucket(bucket -> bucket.bucket(args[1]));
        put(client, args[1], args[2], Path.of(args[3]));
      }
      System.out.println(s3.endpoint());
      starter.onExit().join();
    }
  }

  private static void put(S3Client client, String bucket, String prefix, Path directory)
      throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> photos =
          entries.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
      for (Path photo : photos) {
        client.putObject(object -> object.bucket(bucket).key(prefix + photo.getFileName()), photo);
      }
    }
  }
}
