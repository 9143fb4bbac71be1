package org.inceptionspark.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files under the scheme {@code mortal}, for a driver that dies: from a chosen step
 * on, nothing is written or read until {@link #heal}.
 */
public final class CrashingFileSystem extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("mortal:///");

  private static volatile Optional<Pattern> step = Optional.empty();
  private static volatile boolean dead;

  /** Dies at the first write that this matches, such as {@code rename .*metadata.json}. */
  public static void dieAt(String regex) {
    step = Optional.of(Pattern.compile(regex));
  }

  /** Whether it has died. */
  public static boolean isDead() {
    return dead;
  }

  public static void heal() {
    step = Optional.empty();
    dead = false;
  }

  private static void write(String kind, Path path) throws IOException {
    if (step.isPresent() && step.get().matcher(kind + " " + path.toUri().getPath()).matches()) {
      dead = true;
    }
    requireLife();
  }

  private static void requireLife() throws IOException {
    if (dead) {
      throw new IOException("the driver is dead");
    }
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
  public FSDataOutputStream create(
      Path path, boolean overwrite, int buffer, short replication, long block, Progressable told)
      throws IOException {
    write("create", path);
    return super.create(path, overwrite, buffer, replication, block, told);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable told)
      throws IOException {
    write("create", path);
    return super.create(path, permission, overwrite, buffer, replication, block, told);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    write("rename", to);
    boolean done = super.rename(from, to);
    write("renamed", to);
    return done;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    write("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    requireLife();
    return super.open(path, buffer);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    requireLife();
    return super.listStatus(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    requireLife();
    FileStatus status = super.getFileStatus(path);
    if (status == null) {
      throw new FileNotFoundException(path.toString());
    }
    return status;
  }

  /** The same for those who ask for a {@code FileContext}. */
  public static final class Contextual extends DelegateToFileSystem {
    public Contextual(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new CrashingFileSystem(), conf, ROOT.getScheme(), false);
    }
  }
}
