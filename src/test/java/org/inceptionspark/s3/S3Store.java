package org.inceptionspark.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Runs an {@link EmbeddedS3} as a process: puts the files of one directory in a bucket, writes the
 * endpoint to a file when ready, and ends with the process that started it.
 *
 * <p>Arguments: directory of the store, bucket, prefix, directory of files, file for the endpoint.
 * The credentials are {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}.
 */
final class S3Store {
  private S3Store() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      throw new IllegalArgumentException(
          "needs 5 arguments: STORE BUCKET PREFIX FILES ENDPOINT_FILE; found " + args.length);
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
      announce(s3, Path.of(args[4]));
      starter.onExit().join();
    }
  }

  private static void put(S3Client client, String bucket, String prefix, Path directory)
      throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        client.putObject(object -> object.bucket(bucket).key(prefix + file.getFileName()), file);
      }
    }
  }

  /** Moves the file into place, so that who waits for it never reads half an address. */
  private static void announce(EmbeddedS3 s3, Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(unfinished, s3.endpoint().toString());
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
