package org.inceptionspark.job.packed;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The members of a packed file, in the order of their bytes. */
public interface Members extends Closeable {
  /**
   * The next one; none at the end.
   *
   * @throws DamagedException if the file is damaged here: everything before is intact
   * @throws IOException if storage does not give the file
   */
  Optional<Member> next() throws IOException;

  /** The entries that are not files: links, devices. */
  default long others() {
    return 0;
  }

  @Override
  default void close() throws IOException {}
}
