package org.inceptionspark.spark;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under the scheme {@code counted}: how often a directory is listed. */
public final class ListingCounter extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("counted:///");
  private static final AtomicInteger LISTINGS = new AtomicInteger();

  /** Since the last call. */
  public static int listings() {
    return LISTINGS.getAndSet(0);
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    LISTINGS.incrementAndGet();
    return super.listStatus(path);
  }
}
