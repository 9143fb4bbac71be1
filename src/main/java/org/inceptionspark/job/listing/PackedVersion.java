package org.inceptionspark.job.listing;

import java.util.Optional;
import org.inceptionspark.job.packed.ByteRange;
import org.inceptionspark.job.storage.ObjectVersion;

/**
 * The version of a packed file in its members' column {@code etag}: {@code 9f3c#1048576/12} is the
 * file's etag, its length and its number of rows. From this alone a table shows that it has all of
 * them, and the file need not be opened again.
 */
public final class PackedVersion {
  /** Between the path of a packed file and the name of a member. */
  public static final String SEPARATOR = "!/";

  private static final char MARK = '#';

  private PackedVersion() {}

  static String of(String etag, long length, long rows) {
    return (etag == null ? "" : etag) + MARK + length + "/" + rows;
  }

  /** The packed file that contains a range. */
  public static ObjectVersion object(ByteRange range, String memberEtag) {
    String etag =
        Optional.ofNullable(memberEtag)
            .filter(text -> text.indexOf(MARK) > 0)
            .map(text -> text.substring(0, text.lastIndexOf(MARK)))
            .orElse(null);
    return new ObjectVersion(range.file(), range.fileLength(), etag);
  }
}
