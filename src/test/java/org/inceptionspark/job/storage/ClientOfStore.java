package org.inceptionspark.job.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files behind the name of a store's client, with what that client does otherwise. */
class ClientOfStore extends RawLocalFileSystem {
  private final URI uri;

  ClientOfStore(String uri, Configuration hadoop) throws IOException {
    this.uri = URI.create(uri);
    initialize(URI.create("file:///"), hadoop);
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  @Override
  protected void checkPath(Path path) {}
}
