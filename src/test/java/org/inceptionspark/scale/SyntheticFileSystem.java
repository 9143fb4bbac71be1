package org.inceptionspark.scale;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * {@link SyntheticObjects} as a file system that can be listed and read. Counts pages of listings.
 */
public final class SyntheticFileSystem extends FileSystem {
  static final String SCHEME = "made";

  /** Pages of a thousand entries, as a store gives them. */
  static final AtomicLong PAGES = new AtomicLong();

  private static final int PAGE = 1000;

  /** Numbers of objects that cannot be read. */
  private static volatile LongPredicate denied = i -> false;

  private URI uri;

  static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", SyntheticFileSystem.class.getName());
  }

  static void deny(LongPredicate numbers) {
    denied = numbers;
  }

  private static final class ObjectStatus extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1L;
    private final String etag;

    ObjectStatus(SyntheticObjects objects, long i, Path path) {
      super(objects.bytes(i).length, false, 1, 1 << 27, SyntheticObjects.MODIFIED, path);
      this.etag = objects.etag(i);
    }

    @Override
    public String getEtag() {
      return etag;
    }
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    uri = URI.create(SCHEME + "://" + name.getAuthority());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return uri;
  }

  private static SyntheticObjects objects(Path path) {
    return SyntheticObjects.parse(path.toUri().getPath().split("/")[1]);
  }

  @Override
  public FileStatus getFileStatus(Path path) {
    Path full = makeQualified(path);
    return SyntheticObjects.isFile(full.getName())
        ? new ObjectStatus(objects(full), SyntheticObjects.number(full.getName()), full)
        : directory(full);
  }

  private static FileStatus directory(Path path) {
    return new FileStatus(0, true, 1, 1 << 27, SyntheticObjects.MODIFIED, path);
  }

  private java.util.stream.Stream<FileStatus> entries(Path path) {
    Path full = makeQualified(path);
    SyntheticObjects objects = objects(full);
    if (full.depth() > 1) {
      long from = SyntheticObjects.number(full.getName()) * objects.perDirectory();
      return files(objects, full, from, Math.min(objects.count(), from + objects.perDirectory()));
    }
    return objects.perDirectory() == 0
        ? files(objects, full, 0, objects.count())
        : LongStream.range(0, objects.directories())
            .mapToObj(i -> directory(new Path(full, SyntheticObjects.directory(i))));
  }

  private static java.util.stream.Stream<FileStatus> files(
      SyntheticObjects objects, Path directory, long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(i -> new ObjectStatus(objects, i, new Path(directory, SyntheticObjects.file(i))));
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) {
    var entries = entries(path).iterator();
    PAGES.incrementAndGet();
    return new RemoteIterator<>() {
      private int seen;

      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public FileStatus next() {
        if (seen++ == PAGE) {
          PAGES.incrementAndGet();
          seen = 1;
        }
        return entries.next();
      }
    };
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    RemoteIterator<FileStatus> entries = listStatusIterator(path);
    while (entries.hasNext()) {
      all.add(entries.next());
    }
    return all.toArray(FileStatus[]::new);
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    long number = SyntheticObjects.number(path.getName());
    if (denied.test(number)) {
      throw new AccessDeniedException(path.toString());
    }
    return new FSDataInputStream(new Bytes(objects(makeQualified(path)).bytes(number)));
  }

  private static final class Bytes extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    Bytes(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void seek(long position) {
      pos = (int) position;
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int found = (int) Math.min(length, count - position);
      System.arraycopy(buf, (int) position, target, offset, Math.max(0, found));
      return found > 0 ? found : -1;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
      if (read(position, target, offset, length) < length) {
        throw new EOFException();
      }
    }

    @Override
    public void readFully(long position, byte[] target) throws IOException {
      readFully(position, target, 0, target.length);
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataOutputStream append(Path path, int buffer, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw new UnsupportedOperationException();
  }
}
