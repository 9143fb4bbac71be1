package org.inceptionspark.search.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.Location;

/** The files of an index: manifests, centroids, and the directories of the segments. */
public final class IndexStore {
  private static final Pattern MANIFEST = Pattern.compile("manifest-(\\d{6})\\.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String uri;
  private final Path root;
  private final FileSystem fileSystem;
  private final AtomicFiles files;

  public IndexStore(String uri, Configuration hadoop) throws IOException {
    this.uri = uri;
    Location location = Location.of(uri, hadoop);
    this.root = location.path();
    this.fileSystem = location.fileSystem();
    this.files = AtomicFiles.on(fileSystem);
  }

  /** The newest manifest. */
  public Optional<IndexManifest> manifest() throws IOException {
    Optional<Path> newest = newest();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(read(newest.get()), IndexManifest.class));
  }

  /**
   * The newest manifest of an index that must exist.
   *
   * @throws ConfigurationException if it does not
   */
  public IndexManifest require() {
    try {
      return manifest()
          .orElseThrow(
              () ->
                  new ConfigurationException(uri + " holds no index; make it with jobs/index.sh"));
    } catch (IOException e) {
      throw new ConfigurationException("index " + uri + ": " + StorageFailure.describe(e), e);
    }
  }

  private Optional<Path> newest() throws IOException {
    try {
      return Arrays.stream(fileSystem.listStatus(root))
          .map(FileStatus::getPath)
          .filter(path -> MANIFEST.matcher(path.getName()).matches())
          .max(Comparator.comparing(Path::getName));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes an update visible atomically.
   *
   * @throws IOException also if another update was faster
   */
  public void write(IndexManifest manifest) throws IOException {
    String name = String.format(Locale.ROOT, "manifest-%06d.json", manifest.version());
    if (!files.create(new Path(root, name), JSON.writeValueAsBytes(manifest))) {
      throw new RunException(
          "index " + uri + ": another update has written version " + manifest.version(), null);
    }
  }

  public Centroids cells(IndexManifest manifest) throws IOException {
    return Centroids.of(read(new Path(root, manifest.centroids())), manifest.dimensions());
  }

  public void write(String name, Centroids cells) throws IOException {
    files.replace(new Path(root, name), cells.toBytes());
  }

  /** Where a segment's Parquet files are. */
  public String directory(IndexManifest.Segment segment) {
    return directory(segment.directory());
  }

  public String directory(String segment) {
    return new Path(root, segment).toString();
  }

  /** Deletes a segment that the newest manifest does not have. */
  void delete(IndexManifest.Segment segment) throws IOException {
    fileSystem.delete(new Path(directory(segment)), true);
  }

  private byte[] read(Path path) throws IOException {
    try (FSDataInputStream in = fileSystem.open(path)) {
      return in.readAllBytes();
    }
  }
}
