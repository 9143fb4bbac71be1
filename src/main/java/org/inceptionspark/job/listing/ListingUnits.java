package org.inceptionspark.job.listing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;
import org.inceptionspark.job.listing.ListingUnit.Extent;

/**
 * Divides a listing among tasks: the driver lists directories, breadth first, until there are
 * enough of them, and never reads more than the beginning of a large one.
 */
final class ListingUnits {
  private final Lister lister;
  private final NameFilter filter;
  private final int wanted;

  /**
   * @param wanted number of units, if there are enough directories
   */
  ListingUnits(Lister lister, NameFilter filter, int wanted) {
    this.lister = lister;
    this.filter = filter;
    this.wanted = wanted;
  }

  List<ListingUnit> of(ListingUnit root) throws IOException {
    if (root.extent() == Extent.OBJECT) {
      return List.of(root);
    }
    List<ListingUnit> units = new ArrayList<>();
    Deque<ListingUnit> unseen = new ArrayDeque<>(List.of(root));
    while (!unseen.isEmpty() && units.size() + unseen.size() < wanted) {
      ListingUnit directory = unseen.removeFirst();
      List<ListingUnit> children = new ArrayList<>();
      boolean complete = look(directory, root, children);
      units.add(complete ? directory.as(Extent.DIRECTORY) : large(directory));
      if (complete) {
        unseen.addAll(children);
      }
    }
    units.addAll(unseen);
    return units;
  }

  private ListingUnit large(ListingUnit directory) {
    return lister.tellsDirectories() ? directory.as(Extent.LARGE_TREE) : directory;
  }

  /** A directory that may not be listed has none; the task that lists it will say so. */
  private boolean look(ListingUnit directory, ListingUnit root, List<ListingUnit> children)
      throws IOException {
    try {
      return lister.children(directory, filter, children);
    } catch (AccessDeniedException | AccessControlException e) {
      if (directory.equals(root)) {
        throw e;
      }
      return true;
    }
  }
}
