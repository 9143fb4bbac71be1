package org.inceptionspark.job.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.api.RequestFactory;
import org.apache.hadoop.fs.s3a.impl.StoreContext;
import org.apache.hadoop.fs.store.audit.AuditSpan;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * The objects of a bucket by their keys. S3A turns keys into paths: {@code in//a.jpg}, {@code
 * in/./a.jpg} and {@code in/a.jpg} become the same one, and a page with a control character in a
 * key is not valid XML. Here keys are transferred encoded and stay as they are. The client, its
 * credentials, its retries and its failure messages are S3A's.
 */
public final class S3Objects {
  private static final int PAGE = 1000;

  private static final String DIRECTORY_BUCKET = "--x-s3";

  private final S3AFileSystem s3;
  private final StoreContext store;
  private final S3Client client;

  private S3Objects(S3AFileSystem s3) {
    this.s3 = s3;
    this.store = s3.createStoreContext();
    this.client = s3.getS3AInternals().getAmazonS3Client("objects by key");
  }

  /** Empty for other storage, and for an S3A of another version or mode. */
  public static Optional<S3Objects> of(FileSystem fileSystem) {
    try {
      return Opening.of(fileSystem);
    } catch (LinkageError otherVersion) {
      return Optional.empty();
    }
  }

  /** A class of its own, so that its methods are linked only when called, which may fail. */
  private static final class Opening {
    static Optional<S3Objects> of(FileSystem fileSystem) {
      if (!(fileSystem instanceof S3AFileSystem s3)) {
        return Optional.empty();
      }
      S3Objects objects = new S3Objects(s3);
      objects.requests().newListObjectsV2RequestBuilder("", null, 1);
      boolean known = !objects.store.isUseListV1() && !objects.store.isCSEEnabled();
      return known ? Optional.of(objects) : Optional.empty();
    }
  }

  private RequestFactory requests() {
    return store.getRequestFactory();
  }

  /** Without a slash at the end. */
  public String root() {
    return s3.getUri().toString();
  }

  /** Keys in a full page. */
  public int pageSize() {
    return Math.min(PAGE, s3.getConf().getInt(Constants.MAX_PAGING_KEYS, PAGE));
  }

  /**
   * A page of keys, in S3's order.
   *
   * @param delimiter {@code /} for the keys of one directory and the names of those below; or null
   * @param after null for the first page
   */
  public ListObjectsV2Response page(String prefix, String delimiter, ListObjectsV2Response after)
      throws IOException {
    return list(prefix, delimiter, after, null, PAGE);
  }

  /**
   * Keys after a bound, which need not be an object's key, in S3's order.
   *
   * @param most number of keys; {@link #page} continues after these
   */
  public ListObjectsV2Response startAfter(String prefix, String key, int most) throws IOException {
    return list(prefix, null, null, key, most);
  }

  /**
   * Whether keys come in order, and from any key on: not in a directory bucket (S3 Express One
   * Zone).
   */
  public boolean isOrdered() {
    return !store.getBucket().endsWith(DIRECTORY_BUCKET);
  }

  private ListObjectsV2Response list(
      String prefix, String delimiter, ListObjectsV2Response after, String startAfter, int keys)
      throws IOException {
    int most = Math.min(keys, pageSize());
    ListObjectsV2Request request =
        requests()
            .newListObjectsV2RequestBuilder(prefix, delimiter, most)
            .encodingType(EncodingType.URL)
            .startAfter(startAfter)
            .continuationToken(after == null ? null : after.nextContinuationToken())
            .build();
    ListObjectsV2Response page = tried("list", prefix, () -> client.listObjectsV2(request));
    requireNextPage(prefix, request.continuationToken(), page);
    return page;
  }

  /**
   * Some stores support the second version of listing only in part, and repeat page one for ever.
   */
  private void requireNextPage(String prefix, String token, ListObjectsV2Response page)
      throws IOException {
    String next = page.nextContinuationToken();
    boolean stays = next == null || next.isEmpty() || next.equals(token);
    if (page.isTruncated() && stays) {
      throw new IOException(
          root()
              + "/"
              + prefix
              + ": the store says that it has more objects and not how to ask for them (no new"
              + " NextContinuationToken); if it knows the first version of listing, set"
              + " fs.s3a.list.version=1");
    }
  }

  /**
   * Reads an object whole.
   *
   * @param etag of the version, or null for any
   */
  public byte[] read(String key, String etag) throws IOException {
    GetObjectRequest request =
        requests()
            .newGetObjectRequestBuilder(key)
            .ifMatch(etag == null ? null : Etags.quoted(etag))
            .build();
    return get(key, request);
  }

  /**
   * Reads a part of an object.
   *
   * @param etag of the version, or null for any
   */
  public byte[] read(String key, String etag, long from, int count) throws IOException {
    GetObjectRequest request =
        requests()
            .newGetObjectRequestBuilder(key)
            .ifMatch(etag == null ? null : Etags.quoted(etag))
            .range("bytes=" + from + "-" + (from + count - 1))
            .build();
    return get(key, request);
  }

  private byte[] get(String key, GetObjectRequest request) throws IOException {
    ResponseBytes<GetObjectResponse> object =
        tried("read", key, () -> client.getObject(request, ResponseTransformer.toBytes()));
    return object.asByteArrayUnsafe();
  }

  private <T> T tried(String action, String key, CallableRaisingIOE<T> request) throws IOException {
    try (AuditSpan span = s3.createSpan(action, key, null)) {
      return store.getInvoker().retry(action, root() + "/" + key, true, request);
    }
  }
}
