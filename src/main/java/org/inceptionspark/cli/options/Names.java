package org.inceptionspark.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option or parameter that names a file or directory, and says what a path without a
 * scheme means there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Names {
  Kind value();

  /** What is named. */
  enum Kind {
    /** The command's own settings: a file of the machine where the command is typed. */
    SETTINGS,

    /** A file to read: of this machine if it is there, else of the default file system. */
    FILE,

    /** The same, unless it names a built-in set of class names. */
    CLASS_NAMES,

    /** A file to write: of the driver's machine. */
    PAGE,

    /** Directories that all machines read or write: of the default file system. */
    DATA
  }
}
