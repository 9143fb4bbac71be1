package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.storage.S3Names;

/** The URIs of a list as a listing would give them. Lines without one are counted. */
final class ResolveUris implements MapPartitionsFunction<Row, String> {
  private static final long serialVersionUID = 1L;
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

  private final String base;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final PassedOverByUnit passedOver;

  ResolveUris(
      String base, Broadcast<SerializableConfiguration> hadoop, PassedOverByUnit passedOver) {
    this.base = base;
    this.hadoop = hadoop;
    this.passedOver = passedOver;
  }

  @Override
  public Iterator<String> call(Iterator<Row> rows) {
    List<String> uris = new ArrayList<>();
    PassedOver left = PassedOver.NOTHING;
    Configuration configuration = hadoop.value().value();
    for (int line = 0; rows.hasNext(); line++) {
      Row row = rows.next();
      String text = row.isNullAt(0) ? "" : row.getString(0).replace("\uFEFF", "").strip();
      if (text.isEmpty()) {
        left = left.and(Reason.NO_PATH, "row " + line + " of part " + TaskContext.getPartitionId());
      } else {
        uris.add(resolved(S3Names.s3a(text, configuration), base, configuration));
      }
    }
    String part = "part " + TaskContext.getPartitionId();
    passedOver.add(new PassedOverByUnit.OfUnit(new ListingUnit(part, Extent.OBJECT), left));
    return uris.iterator();
  }

  /**
   * As a listing names it, so that it is the same image. What cannot be a path stays as it is:
   * looking it up will fail.
   */
  static String resolved(String named, String base, Configuration hadoop) {
    boolean relative = !SCHEME.matcher(named).matches() && !named.startsWith("/");
    String uri =
        relative
            ? base + (base.endsWith("/") ? "" : "/") + named.replaceFirst("^(\\./)+", "")
            : named;
    if (uri.startsWith("s3a://")) {
      return uri; // its key is taken to the letter
    }
    try {
      Path path = new Path(uri);
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      return uri;
    }
  }
}
