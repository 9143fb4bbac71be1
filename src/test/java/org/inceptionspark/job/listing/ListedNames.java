package org.inceptionspark.job.listing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.StoredObjects;

/**
 * A process that lists a directory and reads what it found: prints each path in ASCII, and the
 * content. Its locale is that of its environment.
 */
final class ListedNames {
  private ListedNames() {}

  public static void main(String[] args) throws IOException {
    LocalLister lister = new LocalLister(FileSystem.getLocal(new Configuration()));
    ListingUnit unit = new ListingUnit(args[0], Extent.TREE);
    NameFilter filter =
        new NameFilter("*", HiddenNames.Choice.SKIP, List.of(), List.of(unit.path()));
    RemoteIterator<Lister.Found> objects = lister.objects(unit, filter.in(unit), below -> {});
    while (objects.hasNext()) {
      String path = objects.next().path();
      byte[] content = StoredObjects.read(path, new Configuration());
      System.out.println(
          escaped(path.substring(args[0].length()))
              + " "
              + new String(content, StandardCharsets.US_ASCII));
    }
  }

  private static String escaped(String text) {
    StringBuilder ascii = new StringBuilder();
    text.chars().forEach(c -> ascii.append(c < 0x80 ? "" + (char) c : "<%x>".formatted(c)));
    return ascii.toString();
  }
}
