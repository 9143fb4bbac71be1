package org.inceptionspark.job;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;

/**
 * Detects that an object given as an image is a list or table of images, before it becomes a single
 * row {@code NOT_AN_IMAGE}.
 */
public final class InputCheck {
  private static final int HEAD = 4096;
  private static final Pattern KIND =
      Pattern.compile("(an? (CSV|JSON|text|Parquet|ORC|Avro) file), no picture");

  /** Text under such a name is treated as a bad image. */
  private static final Pattern IMAGE = Pattern.compile("(?is).*\\.(jpe?g|png|gif|bmp|tiff?|webp)");

  private static final Set<String> TABLES = Set.of("Parquet", "ORC", "Avro");

  private InputCheck() {}

  /**
   * @param objects that the user named directly; many are not checked, since a shell may have
   *     expanded a directory
   * @throws ConfigurationException if an object is a list or a table
   */
  public static void requireNoList(List<String> objects, Configuration hadoop) throws IOException {
    if (objects.size() != 1 || IMAGE.matcher(objects.get(0)).matches()) {
      return;
    }
    String object = objects.get(0);
    try {
      ImageFormat.of(head(object, hadoop));
    } catch (ImageException e) {
      Matcher kind = KIND.matcher(e.getMessage());
      if (kind.matches()) {
        throw new ConfigurationException(
            "input " + object + " is " + kind.group(1) + ", no picture: " + cure(object, kind));
      }
    } catch (IOException e) {
      throw StorageFailure.about("input " + object, e);
    }
  }

  private static byte[] head(String object, Configuration hadoop) throws IOException {
    Path path = new Path(object);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readNBytes(HEAD);
    }
  }

  private static String cure(String object, Matcher kind) {
    if (object.endsWith("/manifest.json")) {
      return "the manifest of an S3 Inventory goes to --inventory, a list to --input-list";
    }
    return TABLES.contains(kind.group(2))
        ? "a table with images in it goes to --input-table, a list of them to --input-list"
        : "a list of images goes to --input-list";
  }
}
