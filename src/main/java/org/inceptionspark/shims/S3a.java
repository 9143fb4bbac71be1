package org.inceptionspark.shims;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What S3A names differently in Hadoop 3.3 and 3.4. Looked up at run time: a jar without S3A uses
 * that of the site, of any version, or none.
 */
public final class S3a {
  /** Requests a write that the store refuses if the object exists; unknown before 3.4.2. */
  public static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  /** Requests a write without a check for an existing object; unknown in 3.3. */
  public static final String CREATE_PERFORMANCE = "fs.s3a.create.performance";

  private static final String PACKAGE = "org.apache.hadoop.fs.s3a.";

  private static final Pattern IMPLEMENTATION = Pattern.compile("([^.]+)\\.impl");

  private static final List<String> COMMIT_OPERATIONS =
      List.of("commit.impl.CommitOperations", "commit.CommitOperations");

  private static final String FILE_SYSTEM = PACKAGE + "S3AFileSystem";

  private S3a() {}

  /** Whether it is S3A, under any scheme that a site has configured, often {@code s3://}. */
  public static boolean is(FileSystem fileSystem) {
    for (Class<?> type = fileSystem.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(FILE_SYSTEM)) {
        return true;
      }
    }
    return false;
  }

  /** The schemes that a site has given to S3A, besides its own. */
  public static Set<String> otherSchemes(Configuration hadoop) {
    return hadoop.getPropsWithPrefix("fs.").entrySet().stream()
        .filter(entry -> entry.getValue().trim().equals(FILE_SYSTEM))
        .map(entry -> IMPLEMENTATION.matcher(entry.getKey()))
        .filter(Matcher::matches)
        .map(scheme -> scheme.group(1))
        .filter(scheme -> !scheme.equals("s3a"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether this S3A supports {@link #CONDITIONAL_CREATE} rather than ignoring it. */
  public static boolean createsConditionally() {
    try {
      return Arrays.stream(Class.forName(PACKAGE + "Constants").getFields())
          .anyMatch(field -> field.getName().equals("FS_S3A_CONDITIONAL_CREATE_ENABLED"));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether this is an exception of S3A by that name, or one that extends it. */
  public static boolean isException(Throwable e, String name) {
    Set<String> names = Set.of(PACKAGE + name, PACKAGE + "auth." + name);
    for (Class<?> type = e.getClass(); type != null; type = type.getSuperclass()) {
      if (names.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  /** The HTTP status that the store answered with, of an {@code AWSServiceIOException}. */
  public static int statusCode(Throwable answer) {
    for (String name : List.of("statusCode", "getStatusCode")) {
      try {
        return (Integer) answer.getClass().getMethod(name).invoke(answer);
      } catch (NoSuchMethodException e) {
        continue;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return 0;
  }

  /**
   * Aborts uploads below a path that were never completed.
   *
   * @param s3 S3A's file system
   * @return number of aborted uploads
   */
  public static int abortUploads(FileSystem s3, Path below) throws IOException {
    for (String name : COMMIT_OPERATIONS) {
      try {
        Class<?> operations = Class.forName(PACKAGE + name);
        Object commits = operations.getConstructor(Class.forName(FILE_SYSTEM)).newInstance(s3);
        return (Integer)
            operations.getMethod("abortPendingUploadsUnderPath", Path.class).invoke(commits, below);
      } catch (ClassNotFoundException e) {
        continue;
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
    throw new IOException("this S3A has no " + COMMIT_OPERATIONS.get(0));
  }
}
