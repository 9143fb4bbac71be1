package org.inceptionspark.job.listing;

import java.io.Serializable;

/**
 * A part of the listing that one task does.
 *
 * @param path as the table has paths; of a directory with or without a slash at the end
 */
record ListingUnit(String path, Extent extent) implements Serializable {
  enum Extent {
    /** This one object. */
    OBJECT,
    /** The objects of this directory, not of those below. */
    DIRECTORY,
    /** Everything below this directory. */
    TREE
  }

  ListingUnit as(Extent other) {
    return new ListingUnit(path, other);
  }
}
