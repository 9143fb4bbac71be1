package org.inceptionspark.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The names of a model's classes, by class number. */
public final class LabelNames implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String IMAGENET = "imagenet";
  private static final String IMAGENET_WITHOUT_BACKGROUND = "imagenet-1000";
  private static final String INCEPTION_2015 = "inception-2015";

  private final String source;
  private final List<String> names;

  private LabelNames(String source, List<String> names) {
    this.source = source;
    this.names = List.copyOf(names);
  }

  /**
   * Names by what the user gave: {@code imagenet} (1001 classes, the background first), {@code
   * imagenet-1000}, {@code inception-2015} (1008 classes in the order of the graph of December
   * 2015), or a file as in {@link #read}.
   *
   * @throws IOException if it is a file that cannot be read
   */
  public static LabelNames of(String builtInOrFile) throws IOException {
    return isBuiltIn(builtInOrFile) ? builtIn(builtInOrFile) : read(Path.of(builtInOrFile));
  }

  /** Whether this is one of the built-in sets of names. */
  public static boolean isBuiltIn(String name) {
    return switch (name) {
      case IMAGENET, IMAGENET_WITHOUT_BACKGROUND, INCEPTION_2015 -> true;
      default -> false;
    };
  }

  /**
   * A built-in set of names.
   *
   * @param name {@code imagenet}, {@code imagenet-1000} or {@code inception-2015}
   * @throws IllegalArgumentException if there are none of this name
   */
  public static LabelNames builtIn(String name) {
    return switch (name) {
      case IMAGENET, INCEPTION_2015 -> new LabelNames(name, resource(name));
      case IMAGENET_WITHOUT_BACKGROUND -> {
        List<String> names = resource(IMAGENET);
        yield new LabelNames(name, names.subList(1, names.size()));
      }
      default ->
          throw new IllegalArgumentException(
              "no built-in labels "
                  + name
                  + "; there are "
                  + IMAGENET
                  + ", "
                  + IMAGENET_WITHOUT_BACKGROUND
                  + ", "
                  + INCEPTION_2015);
    };
  }

  /**
   * Names from memory.
   *
   * @param source what messages call them
   */
  public static LabelNames of(String source, List<String> names) {
    return new LabelNames(source, names);
  }

  /** Class numbers as names, for models whose names are unknown. */
  public static LabelNames numbered(int classes) {
    return new LabelNames(
        "numbers", IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * Reads a UTF-8 text file with a name a line, or tab-separated lines of class number, WordNet id
   * and name, in class order; a header line is allowed there.
   *
   * @throws IllegalArgumentException if a line is neither, or out of order
   */
  public static LabelNames read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return new LabelNames(
          file.toString(), LabelLines.parse(file.toString(), reader.lines().toList()));
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": labels must be UTF-8 text", e);
    }
  }

  private static List<String> resource(String name) {
    try (InputStream in = LabelNames.class.getResourceAsStream(name + ".tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return LabelLines.parse(name, reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int classes() {
    return names.size();
  }

  /** All names, by class number. */
  public List<String> names() {
    return names;
  }

  /** The name of a class. */
  public String name(int index) {
    return names.get(index);
  }

  /**
   * Checks that there is a name for each of a model's classes.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireClasses(int classes) {
    if (classes != names.size()) {
      throw new IllegalArgumentException(
          "labels "
              + source
              + " name "
              + names.size()
              + " classes, the model has "
              + classes
              + hint(classes));
    }
  }

  private String hint(int classes) {
    if (classes == names.size() + 1) {
      return "; TF-Slim's models have a background class first: "
          + (classes == 1001 ? "use " + IMAGENET : "add a first line background");
    }
    if (classes == names.size() - 1) {
      return "; the labels seem to start with a background class that this model does not have: "
          + (classes == 1000 ? "use " + IMAGENET_WITHOUT_BACKGROUND : "remove it");
    }
    return "";
  }

  /** Their source and number. */
  @Override
  public String toString() {
    return source + " (" + names.size() + " classes)";
  }
}
