package org.inceptionspark.job.listing;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;
import org.inceptionspark.job.listing.PassedOver.Reason;

/**
 * Brings what tasks have passed over to the driver, by unit of the listing: a unit that is listed
 * again, because a machine with its rows was lost, counts once.
 */
final class PassedOverByUnit extends AccumulatorV2<PassedOverByUnit.OfUnit, PassedOver> {
  private static final long serialVersionUID = 1L;

  private static final Comparator<OfUnit> IN_ORDER =
      Comparator.comparing((OfUnit one) -> one.unit().path())
          .thenComparing(one -> one.unit().keys().after());

  private final Map<ListingUnit, OfUnit> units = new HashMap<>();

  /**
   * What a range of keys begins and ends with: a directory that is passed over counts once, and may
   * go on in the next range.
   *
   * @param first null if there is none
   */
  record Edges(Reason reason, String first, String last) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Edges NONE = new Edges(null, null, null);

    Edges and(Reason why, String name) {
      return first == null ? new Edges(why, name, name) : new Edges(reason, first, name);
    }
  }

  record OfUnit(ListingUnit unit, PassedOver passedOver, Edges edges) implements Serializable {
    private static final long serialVersionUID = 1L;

    OfUnit(ListingUnit unit, PassedOver passedOver) {
      this(unit, passedOver, Edges.NONE);
    }

    private boolean goesOn(String tree, String last) {
      return last != null && unit.path().equals(tree) && last.equals(edges.first());
    }
  }

  @Override
  public boolean isZero() {
    return units.isEmpty();
  }

  @Override
  public PassedOverByUnit copy() {
    PassedOverByUnit copy = new PassedOverByUnit();
    copy.units.putAll(units);
    return copy;
  }

  @Override
  public void reset() {
    units.clear();
  }

  @Override
  public void add(OfUnit found) {
    units.put(found.unit(), found);
  }

  @Override
  public void merge(AccumulatorV2<OfUnit, PassedOver> other) {
    units.putAll(((PassedOverByUnit) other).units);
  }

  @Override
  public PassedOver value() {
    PassedOver all = PassedOver.NOTHING;
    String tree = null;
    String last = null;
    for (OfUnit one : units.values().stream().sorted(IN_ORDER).toList()) {
      PassedOver found = one.passedOver();
      all = all.and(one.goesOn(tree, last) ? found.oneLess(one.edges().reason()) : found);
      boolean empty = one.edges().last() == null && one.unit().path().equals(tree);
      last = empty ? last : one.edges().last();
      tree = one.unit().path();
    }
    return all;
  }
}
