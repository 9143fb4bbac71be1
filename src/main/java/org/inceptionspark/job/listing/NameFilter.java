package org.inceptionspark.job.listing;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.fs.GlobPattern;
import org.inceptionspark.job.keys.DirectoryFilter;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.storage.HiddenNames;

/**
 * Decides which names a listing gives.
 *
 * @param glob for the last part of the path
 * @param hidden what to do with hidden names
 * @param output URIs of what this run writes; nothing at or below them is an image
 * @param inputs of the whole listing
 */
record NameFilter(String glob, HiddenNames.Choice hidden, List<String> output, List<String> inputs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Names of files by the table's and the index's writers; no image has such a name. */
  private static final Pattern TABLE_FILE =
      Pattern.compile(
          ".*/run_date=\\d{4}-\\d\\d-\\d\\d/part-[^/]*\\.parquet"
              + "|.*/segment-\\d{8}T\\d{6}Z-[0-9a-f]{8}/part-[^/]*\\.parquet"
              + "|.*/centroids-\\d{8}T\\d{6}Z-[0-9a-f]{8}\\.f32"
              + "|.*/manifest-\\d{6}\\.json");

  /** The filter for a unit of the listing; records what it passes over. */
  static final class OfUnit implements DirectoryFilter {
    private final NameFilter filter;
    private final String root;
    private final GlobPattern glob;
    private PassedOver passedOver = PassedOver.NOTHING;
    private PassedOverByUnit.Edges edges = PassedOverByUnit.Edges.NONE;

    private OfUnit(NameFilter filter, String root) {
      this.filter = filter;
      this.root = root.endsWith("/") ? root : root + "/";
      this.glob = new GlobPattern(filter.glob);
    }

    /** Whether a path is the root or below it. */
    boolean holds(String path) {
      return path.startsWith(root) || root.equals(path + "/");
    }

    /** Whether the last part of a path matches. */
    boolean fits(String path) {
      return glob.matches(path.substring(path.lastIndexOf('/', path.length() - 2) + 1));
    }

    /** Of the whole listing. */
    List<String> inputs() {
      return filter.inputs;
    }

    @Override
    public boolean enters(String directory) {
      return take(directory, true);
    }

    /** Whether a file is given. */
    boolean takes(String file) {
      return take(file, false);
    }

    @Override
    public Optional<String> closedDirectory(String path) {
      return filter.output.stream()
          .map(own -> own + "/")
          .filter(path::startsWith)
          .findFirst()
          .or(() -> hidden(path).filter(name -> name.endsWith("/")));
    }

    private boolean take(String path, boolean directory) {
      Optional<String> output = filter.output.stream().filter(own -> within(path, own)).findFirst();
      if (output.isPresent()) {
        return pass(Reason.TABLE, output.get());
      }
      if (!directory && TABLE_FILE.matcher(path).matches()) {
        return pass(Reason.TABLE, path);
      }
      if (!directory && !fits(path)) {
        return false;
      }
      Optional<String> hidden = hidden(path);
      return hidden.isEmpty() || pass(Reason.HIDDEN, hidden.get());
    }

    private static boolean within(String path, String own) {
      return path.startsWith(own)
          && (path.length() == own.length() || path.charAt(own.length()) == '/');
    }

    /** The path up to the first part below the root that is hidden, with its slash. */
    private Optional<String> hidden(String path) {
      int start = Math.min(root.length(), path.length());
      while (start < path.length()) {
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        if (filter.hidden.passesOver(path.substring(start, end))) {
          return Optional.of(path.substring(0, slash < 0 ? end : slash + 1));
        }
        start = end + 1;
      }
      return Optional.empty();
    }

    /** Everything below a hidden name comes consecutively, and counts once. */
    private boolean pass(Reason reason, String name) {
      if (!name.equals(edges.last())) {
        edges = edges.and(reason, name);
        note(reason, name);
      }
      return false;
    }

    void note(Reason reason, String name) {
      passedOver = passedOver.and(reason, name);
    }

    PassedOver passedOver() {
      return passedOver;
    }

    /** The first and the last name that count once with everything below. */
    PassedOverByUnit.Edges edges() {
      return edges;
    }
  }

  /**
   * @throws IOException if the glob is invalid
   */
  OfUnit in(ListingUnit unit) throws IOException {
    try {
      return new OfUnit(this, unit.path());
    } catch (PatternSyntaxException e) {
      throw new IOException("glob " + glob + ": " + e.getMessage(), e);
    }
  }
}
