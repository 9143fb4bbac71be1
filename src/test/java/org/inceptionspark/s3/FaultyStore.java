package org.inceptionspark.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  /** What happens to who reads an object. */
  public enum Fault {
    /** 403. */
    DENIED,
    /** 500, each time. */
    BROKEN,
    /** 404, although it was listed. */
    DELETED,
    /** The connection ends in the middle of the body; the rest never comes. */
    CUT
  }

  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final Set<String> readOnly = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  FaultyStore(BlobStore store) {
    super(store);
  }

  /** From now on, for the object of this key in any bucket. */
  public void fail(String key, Fault fault) {
    faults.put(key, fault);
  }

  /** From now on nobody may write objects whose keys start so, nor parts of them. */
  public void denyWrites(String prefix) {
    readOnly.add(prefix);
  }

  /** From now on everybody may write again. */
  public void allowWrites() {
    readOnly.clear();
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
    Fault fault = faults.get(request.key());
    if (fault == null) {
      return super.getBlob(request);
    }
    return switch (fault) {
      case DENIED -> throw S3Exceptions.fromStatusCode(403);
      case BROKEN -> throw S3Exceptions.fromStatusCode(500);
      case DELETED -> throw S3Exceptions.noSuchKey(request.bucket(), request.key(), "gone");
      case CUT -> cut(super.getBlob(request));
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

  private static ResponseInputStream<GetObjectResponse> cut(
      ResponseInputStream<GetObjectResponse> whole) {
    try (whole) {
      byte[] half = whole.readNBytes((int) (whole.response().contentLength() / 2));
      return new ResponseInputStream<>(whole.response(), new Cut(half));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends with an error, so that the server drops the connection instead of waiting. */
  private static final class Cut extends InputStream {
    private final ByteArrayInputStream half;

    Cut(byte[] half) {
      this.half = new ByteArrayInputStream(half);
    }

    @Override
    public int read() throws IOException {
      int next = half.read();
      if (next < 0) {
        throw new IOException("cut off by the test");
      }
      return next;
    }
  }
}
