package org.inceptionspark.job.listing;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a listing has seen below its inputs and not given, by reason: nothing is left out without a
 * word.
 *
 * @param names none for a reason that did not occur
 */
public record PassedOver(Map<Reason, Names> names) implements Serializable {
  /** Why a name is passed over. */
  public enum Reason {
    /** Begins with {@code _} or {@code .}, or is a copy under way. A directory counts once. */
    HIDDEN("hidden names"),
    /** A file of a labels table or an index, or this run's own output. */
    TABLE("files of tables"),
    /** A link to a directory whose images are listed where they are. */
    LINK("links into input"),
    /** A directory that this user may not look into. */
    NO_ACCESS("no access"),
    /** Neither file nor directory, or a name that stands for another file as well. */
    NO_FILE("no files");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For a person, short. */
    public String words() {
      return words;
    }
  }

  /**
   * How many, and the first few of them.
   *
   * @param examples full paths, in order
   */
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

  static final PassedOver NOTHING = new PassedOver(Map.of());

  public PassedOver {
    Map<Reason, Names> inOrder = new EnumMap<>(Reason.class);
    inOrder.putAll(names == null ? Map.of() : names);
    names = Map.copyOf(inOrder).isEmpty() ? Map.of() : inOrder;
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

  /** Of all reasons. */
  public long count() {
    return names.values().stream().mapToLong(Names::count).sum();
  }
}
