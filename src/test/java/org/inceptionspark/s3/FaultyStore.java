package org.inceptionspark.s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A store that remembers what was asked of it, and that can be told to fail for some objects. */
public final class FaultyStore extends ForwardingBlobStore {
  private record Failing(Fault fault, AtomicInteger times) {
    boolean now() {
      return times.getAndUpdate(left -> left == FOR_EVER ? left : Math.max(0, left - 1)) != 0;
    }
  }

  private static final int FOR_EVER = -1;

  private final Object dying = new Object();
  private final Map<String, Failing> faults = new ConcurrentHashMap<>();
  private final Set<String> readOnly = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> listings = new ConcurrentLinkedQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Duration delay = Duration.ZERO;
  private volatile String expiring;
  private final AtomicInteger readsLeft = new AtomicInteger();
  private volatile Predicate<String> lastWords = write -> false;
  private volatile boolean silent;
  private volatile Consumer<String> watcher = write -> {};

  FaultyStore(BlobStore store) {
    super(store);
  }

  /** From now on, for the object of this key in any bucket. */
  public void fail(String key, Fault fault) {
    faults.put(key, new Failing(fault, new AtomicInteger(FOR_EVER)));
  }

  /** The next requests only. */
  public void fail(String key, Fault fault, int times) {
    faults.put(key, new Failing(fault, new AtomicInteger(times)));
  }

  /** After so many reads, those whose keys start so may not be read: as when keys expire. */
  public void denyReads(String prefix, int after) {
    readsLeft.set(after);
    expiring = prefix;
  }

  /** From now on nobody may write objects whose keys start so, nor parts of them. */
  public void denyWrites(String prefix) {
    readOnly.add(prefix);
  }

  /** The next write of this object is done, and its answer is lost: the client gets another. */
  public void loseAnswer(String key) {
    unanswered.add(key);
  }

  /** From now on every answer takes at least so long. */
  public void delay(Duration latency) {
    delay = latency;
  }

  /** From now on everybody may write again. */
  public void allowWrites() {
    readOnly.clear();
  }

  /**
   * The first write that fits is not done, and from then on nothing is answered, to anybody: what a
   * store sees of a client that dies at this moment.
   *
   * @param write takes {@code PUT key}, {@code START key}, {@code PART key}, {@code COMPLETE key},
   *     {@code ABORT key}, {@code COPY key} and {@code DELETE key}
   */
  public void dieAt(Predicate<String> write) {
    lastWords = write;
  }

  /**
   * Hears of each write just before it is done, and holds it up as long.
   *
   * @param listener takes what {@link #dieAt} describes; must not throw
   */
  public void watch(Consumer<String> listener) {
    watcher = listener;
  }

  /** All is well again. */
  public void heal() {
    watcher = write -> {};
    synchronized (dying) {
      lastWords = write -> false;
      silent = false;
    }
    faults.clear();
    readOnly.clear();
    expiring = null;
    delay = Duration.ZERO;
  }

  /** {@code GET key} and {@code HEAD key}, in the order in which they came. */
  public Queue<String> requests() {
    return requests;
  }

  /** Prefixes that were listed, in the order in which the requests came. */
  public Queue<String> listings() {
    return listings;
  }

  private void write(String what, String key) {
    synchronized (dying) { // a late write of the dead must not silence a store that is well again
      if (lastWords.test(what + " " + key)) {
        silent = true;
      }
    }
    listen();
    watcher.accept(what + " " + key);
  }

  private void listen() {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (silent) {
      throw S3Exceptions.fromStatusCode(403);
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    listen();
    listings.add(request.prefix() == null ? "" : request.prefix());
    return super.list(request);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    listen();
    requests.add("HEAD " + request.key());
    return super.blobMetadata(request);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    listen();
    requests.add("GET " + request.key());
    if (expiring != null
        && request.key().startsWith(expiring)
        && readsLeft.getAndDecrement() <= 0) {
      throw S3Exceptions.fromStatusCode(403);
    }
    Failing failing = faults.get(request.key());
    if (failing == null || !failing.now()) {
      return super.getBlob(request);
    }
    return switch (failing.fault()) {
      case DENIED -> throw S3Exceptions.fromStatusCode(403);
      case BROKEN -> throw S3Exceptions.fromStatusCode(500);
      case THROTTLED -> throw S3Exceptions.fromStatusCode(503);
      case DELETED -> throw S3Exceptions.noSuchKey(request.bucket(), request.key(), "gone");
      case CUT -> BrokenBody.cut(super.getBlob(request));
      case SHORT -> BrokenBody.half(super.getBlob(request));
      case HANGING -> BrokenBody.hanging(super.getBlob(request), released);
    };
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    write("PUT", request.key());
    checkWrite(request.key());
    PutObjectResponse response = super.putBlob(request, body);
    if (unanswered.remove(request.key())) {
      throw S3Exceptions.fromStatusCode(500);
    }
    return response;
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    write("START", request.key());
    checkWrite(request.key());
    return super.initiateMultipartUpload(request);
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream body) {
    write("PART", upload.blobName());
    return super.uploadMultipartPart(upload, request, body);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    write("COMPLETE", upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    write("ABORT", upload.blobName());
    super.abortMultipartUpload(upload);
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String bucket) {
    listen();
    return super.listMultipartUploads(bucket);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    write("COPY", request.destinationKey());
    return super.copyBlob(request);
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    write("DELETE", request.key());
    return super.removeBlob(request);
  }

  @Override
  public DeleteObjectsResponse removeBlobs(DeleteObjectsRequest request) {
    request.delete().objects().forEach(object -> write("DELETE", object.key()));
    return super.removeBlobs(request);
  }

  private void checkWrite(String key) {
    if (readOnly.stream().anyMatch(key::startsWith)) {
      throw S3Exceptions.fromStatusCode(403);
    }
  }

  /** Who hangs goes on, into an error. */
  void release() {
    released.countDown();
  }
}
