package org.inceptionspark.job.listing;

import java.io.Serializable;

/** A part of the listing that one task does. */
record ListingUnit(String path, Extent extent) implements Serializable {
  enum Extent {
    /** This one object. */
    OBJECT,
    /** The objects of this directory, not of those below. */
    DIRECTORY,
    /** Everything below this directory. */
    TREE
  }
}
