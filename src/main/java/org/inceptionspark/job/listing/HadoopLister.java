package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.storage.Etags;

/** Lists through Hadoop: HDFS, and stores without a lister of their own. */
final class HadoopLister implements Lister {
  private static final int LARGE_DIRECTORY = 5_000;

  /** File systems whose names Hadoop's paths represent exactly. */
  private static final Set<String> EXACT = Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "ofs");

  private final FileSystem fileSystem;

  HadoopLister(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public boolean tellsApart() {
    return EXACT.contains(fileSystem.getUri().getScheme());
  }

  @Override
  public ListingUnit root(String input) throws IOException {
    FileStatus status = fileSystem.getFileStatus(new Path(input));
    return new ListingUnit(
        status.getPath().toString(), status.isFile() ? Extent.OBJECT : Extent.TREE);
  }

  @Override
  public boolean children(ListingUnit tree, NameFilter filter, List<ListingUnit> found)
      throws IOException {
    NameFilter.OfUnit names = filter.in(tree);
    RemoteIterator<FileStatus> entries = fileSystem.listStatusIterator(new Path(tree.path()));
    for (int seen = 0; entries.hasNext(); seen++) {
      if (seen == LARGE_DIRECTORY) {
        return false;
      }
      FileStatus entry = entries.next();
      if (entry.isDirectory() && names.enters(entry.getPath().toString())) {
        found.add(new ListingUnit(entry.getPath().toString(), Extent.TREE));
      }
    }
    return true;
  }

  @Override
  public boolean tellsDirectories() {
    return true;
  }

  @Override
  public RemoteIterator<Found> objects(
      ListingUnit unit, NameFilter.OfUnit names, Consumer<ListingUnit> below) throws IOException {
    Path path = new Path(unit.path());
    if (unit.extent() == Extent.OBJECT) {
      return RemoteIterators.remoteIteratorFromSingleton(found(fileSystem.getFileStatus(path)));
    }
    TreeWalk<FileStatus> walk =
        new TreeWalk<>(
            directory -> entries(directory, names),
            entry -> enters(unit, entry, names, below),
            fileSystem.getFileStatus(path));
    return RemoteIterators.mappingRemoteIterator(
        RemoteIterators.filteringRemoteIterator(
            walk, entry -> entry.isFile() && names.takes(entry.getPath().toString())),
        HadoopLister::found);
  }

  @Override
  public Found find(String path) throws IOException {
    FileStatus status = fileSystem.getFileStatus(new Path(path));
    Lister.requireFile(status.isFile());
    return found(status);
  }

  private RemoteIterator<FileStatus> entries(FileStatus directory, NameFilter.OfUnit names)
      throws IOException {
    try {
      return fileSystem.listStatusIterator(directory.getPath());
    } catch (AccessControlException e) {
      names.note(Reason.NO_ACCESS, directory.getPath().toString());
      return RemoteIterators.remoteIteratorFromArray(new FileStatus[0]);
    }
  }

  private static boolean enters(
      ListingUnit unit, FileStatus entry, NameFilter.OfUnit names, Consumer<ListingUnit> below) {
    String path = entry.getPath().toString();
    if (!entry.isDirectory() || !names.enters(path)) {
      return false;
    }
    if (unit.extent() == Extent.DIRECTORY) {
      below.accept(new ListingUnit(path, Extent.TREE));
      return false;
    }
    return true;
  }

  private static Found found(FileStatus status) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    return new Found(
        status.getPath().toString(),
        status.getLen(),
        status.getModificationTime(),
        etag == null ? null : Etags.unquoted(etag));
  }
}
