package org.inceptionspark.job.listing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a listing has seen below its inputs and left out, by reason: nothing is left out silently.
 *
 * @param names none for a reason that did not occur
 */
public record PassedOver(@JsonValue Map<Reason, Names> names) implements Serializable {
  /** Why a name is passed over. */
  public enum Reason {
    /** Begins with {@code _} or {@code .}, or is a copy in progress. A directory counts once. */
    HIDDEN("hidden names", "hidden name"),
    /** A file of a labels table or an index, or this run's own output. */
    TABLE("table files", "table file"),
    /** A link to a directory whose images are listed where they are. */
    LINK("links back", "link back into the input"),
    /** A directory that this user may not list. */
    NO_ACCESS("no access", "directory without access"),
    /** A directory that was found, and was not there, or not for this machine, to be listed. */
    VANISHED("vanished", "directory that vanished before it was listed"),
    /** A member of a packed file that tells about an image, such as WebDataset's {@code .json}. */
    BESIDE_IMAGES("beside images", "file beside images"),
    /** A row of a list that names nothing. */
    NO_PATH("rows without a path", "row without a path"),
    /** Neither file nor directory, or a name that stands for another file as well. */
    NO_FILE("no files", "name that is no file of its own");

    private final String title;
    private final String word;

    Reason(String title, String word) {
      this.title = title;
      this.word = word;
    }

    /** For a column of a person's. */
    public String title() {
      return title;
    }

    /** Such as {@code 12 hidden names, such as s3a://bucket/_a.jpg}. */
    public String inWords(Names found) {
      return found.count() == 1
          ? "1 " + word + ", " + found.examples().get(0)
          : found.count() + " " + title + ", such as " + found.examples().get(0);
    }
  }

  /**
   * How many, and the first few of them.
   *
   * @param examples full paths, in order
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Names(long count, List<String> examples) implements Serializable {
    private static final int MOST = 3;

    public Names {
      examples = examples.stream().sorted().limit(MOST).toList();
    }

    Names and(Names other) {
      TreeSet<String> both = new TreeSet<>(examples);
      both.addAll(other.examples);
      return new Names(count + other.count, List.copyOf(both));
    }
  }

  public static final PassedOver NOTHING = new PassedOver(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PassedOver {
    Map<Reason, Names> inOrder = new EnumMap<>(Reason.class);
    inOrder.putAll(names == null ? Map.of() : names);
    names = Collections.unmodifiableMap(inOrder);
  }

  PassedOver and(PassedOver other) {
    Map<Reason, Names> both = new EnumMap<>(Reason.class);
    both.putAll(names);
    other.names.forEach((reason, more) -> both.merge(reason, more, Names::and));
    return new PassedOver(both);
  }

  PassedOver and(Reason reason, String name) {
    return and(new PassedOver(Map.of(reason, new Names(1, List.of(name)))));
  }

  /** With one less of a reason: it is counted elsewhere. */
  PassedOver oneLess(Reason reason) {
    Map<Reason, Names> less = new EnumMap<>(Reason.class);
    less.putAll(names);
    less.computeIfPresent(
        reason,
        (same, found) ->
            found.count() == 1 ? null : new Names(found.count() - 1, found.examples()));
    return new PassedOver(less);
  }
}
