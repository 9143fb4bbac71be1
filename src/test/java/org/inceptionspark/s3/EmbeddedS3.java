package org.inceptionspark.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server on a free loopback port that refuses requests without a valid signature. Its objects
 * are plain files: object {@code k} of bucket {@code b} is {@code <directory>/b/k}.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private static final String REGION = "us-east-1";

  private final FaultyStore blobs;
  private final S3Proxy server;
  private final URI endpoint;
  private final AwsBasicCredentials credentials;

  private EmbeddedS3(FaultyStore blobs, S3Proxy server, AwsBasicCredentials credentials) {
    this.blobs = blobs;
    this.server = server;
    this.endpoint = URI.create("http://127.0.0.1:" + server.getPort());
    this.credentials = credentials;
  }

  /**
   * Starts a server.
   *
   * @param directory an existing directory for the objects
   * @throws Exception if it cannot listen
   */
  public static EmbeddedS3 start(Path directory, String accessKey, String secretKey)
      throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toAbsolutePath().toString());
    FaultyStore blobs = new FaultyStore(BlobStores.create("filesystem-nio2", properties));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            .build();
    server.start();
    return new EmbeddedS3(blobs, server, AwsBasicCredentials.create(accessKey, secretKey));
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return endpoint;
  }

  /** What was asked of it, and how to make it fail. */
  public FaultyStore store() {
    return blobs;
  }

  /** A client with this server's credentials; the caller closes it. */
  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }

  /** What s3a needs to know to use this server: {@code fs.s3a.*} options with their values. */
  public Map<String, String> s3aOptions() {
    return Map.of(
        "fs.s3a.endpoint", endpoint.toString(),
        "fs.s3a.endpoint.region", REGION,
        "fs.s3a.path.style.access", "true",
        "fs.s3a.access.key", credentials.accessKeyId(),
        "fs.s3a.secret.key", credentials.secretAccessKey());
  }

  /** Stops the server; the objects stay in the directory. */
  @Override
  public void close() throws Exception {
    blobs.release();
    server.stop();
    blobs.close();
  }
}
