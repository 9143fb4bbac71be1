package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.storage.Etags;
import org.inceptionspark.job.storage.HiddenNames;

/** Lists one {@link ListingUnit} page by page: no directory is ever held in memory. */
final class ListPartition implements FlatMapFunction<ListingUnit, Row> {
  private static final long serialVersionUID = 1L;

  /** {@link SourceImage#LISTED} with the time in milliseconds. */
  static final StructType FOUND =
      new StructType()
          .add(SourceImage.PATH, DataTypes.StringType, false)
          .add(SourceImage.LENGTH, DataTypes.LongType, false)
          .add(SourceImage.MODIFIED, DataTypes.LongType, false)
          .add(SourceImage.ETAG, DataTypes.StringType, true);

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String glob;

  ListPartition(Broadcast<SerializableConfiguration> hadoop, String glob) {
    this.hadoop = hadoop;
    this.glob = glob;
  }

  @Override
  public Iterator<Row> call(ListingUnit unit) throws IOException {
    Path path = new Path(unit.path());
    FileSystem fileSystem = path.getFileSystem(hadoop.value().value());
    GlobFilter names = new GlobFilter(glob);
    try {
      RemoteIterator<? extends FileStatus> objects =
          switch (unit.extent()) {
            case OBJECT ->
                RemoteIterators.remoteIteratorFromSingleton(fileSystem.getFileStatus(path));
            case DIRECTORY -> visible(path, fileSystem.listStatusIterator(path));
            case TREE -> visible(path, tree(path, fileSystem));
          };
      return new Rows(
          RemoteIterators.filteringRemoteIterator(
              objects, status -> status.isFile() && names.accept(status.getPath())));
    } catch (FileNotFoundException deletedMeanwhile) {
      return Collections.emptyIterator();
    }
  }

  /**
   * S3A lists all below a prefix in pages of a thousand. Others are walked: their own way also asks
   * where each file's blocks lie, for which Hadoop starts a process per local file.
   */
  private static RemoteIterator<? extends FileStatus> tree(Path path, FileSystem fileSystem)
      throws IOException {
    return "s3a".equals(fileSystem.getUri().getScheme())
        ? fileSystem.listFiles(path, true)
        : new TreeWalk(fileSystem, path);
  }

  private static RemoteIterator<? extends FileStatus> visible(
      Path root, RemoteIterator<? extends FileStatus> objects) {
    return RemoteIterators.filteringRemoteIterator(
        objects, status -> !HiddenNames.isHiddenBelow(root, status.getPath()));
  }

  private record Rows(RemoteIterator<? extends FileStatus> objects) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      try {
        return objects.hasNext();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return row(objects.next());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Row row(FileStatus status) {
      String etag = status instanceof EtagSource source ? source.getEtag() : null;
      return RowFactory.create(
          status.getPath().toString(),
          status.getLen(),
          status.getModificationTime(),
          etag == null ? null : Etags.unquoted(etag));
    }
  }
}
