package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.inceptionspark.job.storage.HiddenNames;

/**
 * Decides which objects are opened as packed files, and which of their members are taken.
 *
 * @param packed glob for the last part of a packed file's path, ignoring case
 * @param named paths that the user has given, which are opened whatever their names
 * @param glob for the last part of an image's path; a packed file that matches it gives all members
 * @param hidden what to do with hidden members
 */
public record PackedNames(String packed, Set<String> named, String glob, HiddenNames.Choice hidden)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Names by WebDataset, zip programs, TensorFlow's and Hadoop's writers. */
  public static final String USUAL =
      "{*.tar,*.zip,*.tfrecord,*.tfrecords,*.tfrec,*.seq,*.tgz,*.tar.gz,*-[0-9][0-9][0-9][0-9][0-9]-of-[0-9][0-9][0-9][0-9][0-9]}";

  /** Suffixes of WebDataset's files beside an image of the same key. */
  private static final Set<String> BESIDE_IMAGES =
      Set.of(
          "json",
          "jsn",
          "cls",
          "cls2",
          "class",
          "count",
          "index",
          "inx",
          "id",
          "txt",
          "text",
          "transcript",
          "pyd",
          "pickle",
          "pkl",
          "pth",
          "ten",
          "tb",
          "mp",
          "msg",
          "npy",
          "npz",
          "cbor",
          "csv",
          "xml",
          "md",
          "yaml",
          "yml");

  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether an object with this path is opened. */
  boolean promises(String path) {
    return named.contains(path)
        || new GlobPattern(packed).matches(last(path).toLowerCase(Locale.ROOT));
  }

  /** A pattern of the names that match either glob, the packed one ignoring case. */
  public static String orPacked(String glob, String packed) {
    if (glob.equals("*")) {
      return glob;
    }
    StringBuilder anyCase = new StringBuilder();
    for (char c : packed.toCharArray()) {
      boolean letter = c >= 'a' && c <= 'z';
      anyCase.append(letter ? "[" + c + Character.toUpperCase(c) + "]" : String.valueOf(c));
    }
    return "{" + glob + "," + anyCase + "}";
  }

  boolean takesAll() {
    return glob.equals("*");
  }

  private boolean fits(String path) {
    return new GlobPattern(glob).matches(last(path));
  }

  Column column(Column path) {
    return udf((UDF1<String, Boolean>) this::promises, DataTypes.BooleanType).apply(path);
  }

  Column fits(Column path) {
    return udf((UDF1<String, Boolean>) this::fits, DataTypes.BooleanType).apply(path);
  }

  boolean readsHidden() {
    return hidden == HiddenNames.Choice.READ;
  }

  /** Whether members with these names are taken only where hidden ones are read. */
  static Column isHidden(Column members) {
    UDF1<String, Boolean> isHidden =
        member -> Arrays.stream(member.split("/")).anyMatch(HiddenNames::isHidden);
    return udf(isHidden, DataTypes.BooleanType).apply(members);
  }

  /** What to do with a member. */
  enum Choice {
    TAKEN,
    /** Its name does not match. */
    OTHER,
    HIDDEN,
    /** Hidden, and its name does not match: whatever the glob, it is no row of the file. */
    HIDDEN_OTHER,
    BESIDE
  }

  /**
   * @param file path of the packed file
   * @param member name in it
   */
  Choice choice(String file, String member) {
    String name = last(member);
    if (BESIDE_IMAGES.contains(
        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
      return Choice.BESIDE;
    }
    boolean fits = fits(member) || fits(file);
    for (String part : member.split("/")) {
      if (hidden.passesOver(part) || part.equals("__MACOSX")) {
        return fits ? Choice.HIDDEN : Choice.HIDDEN_OTHER;
      }
    }
    return fits ? Choice.TAKEN : Choice.OTHER;
  }
}
