package org.inceptionspark.hdfs;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A name node and a data node on loopback, with their files below a directory. */
public final class EmbeddedHdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private EmbeddedHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  public static EmbeddedHdfs start(Path directory) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("dfs.namenode.acls.enabled", "true");
    configuration.set("fs.permissions.umask-mode", "027");
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, directory.toFile()).numDataNodes(1).build();
    cluster.waitActive();
    return new EmbeddedHdfs(cluster);
  }

  /** {@code hdfs://localhost:port}. */
  public String uri() {
    return cluster.getURI().toString();
  }

  public DistributedFileSystem fileSystem() {
    try {
      return cluster.getFileSystem();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
