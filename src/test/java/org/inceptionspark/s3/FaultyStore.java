package org.inceptionspark.s3;

import java.io.InputStream;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A store that remembers what was asked of it, and that can be told to fail for some objects. */
public final class FaultyStore extends ForwardingBlobStore {
  private record Failing(Fault fault, AtomicInteger times) {
    boolean now() {
      return times.getAndUpdate(left -> left == FOR_EVER ? left : Math.max(0, left - 1)) != 0;
    }
  }

  private static final int FOR_EVER = -1;

  private final Map<String, Failing> faults = new ConcurrentHashMap<>();
  private final Set<String> readOnly = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile String expiring;
  private final AtomicInteger readsLeft = new AtomicInteger();

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

  /** From now on everybody may write again. */
  public void allowWrites() {
    readOnly.clear();
  }

  /** All is well again. */
  public void heal() {
    faults.clear();
    readOnly.clear();
    expiring = null;
  }

  /** {@code GET key} and {@code HEAD key}, in the order in which they came. */
  public Queue<String> requests() {
    return requests;
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    requests.add("HEAD " + request.key());
    return super.blobMetadata(request);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
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
    checkWrite(request.key());
    return super.putBlob(request, body);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    checkWrite(request.key());
    return super.initiateMultipartUpload(request);
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
