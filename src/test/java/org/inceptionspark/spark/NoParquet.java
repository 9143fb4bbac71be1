package org.inceptionspark.spark;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;

/** Passes over whatever it can, as the filters of table formats do with what is not theirs. */
public final class NoParquet implements PathFilter {
  @Override
  public boolean accept(Path path) {
    return !path.getName().endsWith(".parquet");
  }
}
