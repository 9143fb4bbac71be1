package org.inceptionspark.job.listing;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * Brings what tasks have passed over to the driver. By unit of the listing: a unit that is listed
 * again, because a machine with its rows was lost, counts once.
 */
final class PassedOverByUnit extends AccumulatorV2<PassedOverByUnit.OfUnit, PassedOver> {
  private static final long serialVersionUID = 1L;

  private final Map<ListingUnit, PassedOver> units = new HashMap<>();

  record OfUnit(ListingUnit unit, PassedOver passedOver) {}

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
    units.put(found.unit(), found.passedOver());
  }

  @Override
  public void merge(AccumulatorV2<OfUnit, PassedOver> other) {
    units.putAll(((PassedOverByUnit) other).units);
  }

  @Override
  public PassedOver value() {
    return units.values().stream().reduce(PassedOver.NOTHING, PassedOver::and);
  }
}
