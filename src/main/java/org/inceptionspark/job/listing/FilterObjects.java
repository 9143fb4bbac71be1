package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.ListingUnit.Extent;

/** Reduces objects listed elsewhere to those that a listing of the inputs would give. */
final class FilterObjects implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final NameFilter filter;
  private final PassedOverByUnit passedOver;

  FilterObjects(NameFilter filter, PassedOverByUnit passedOver) {
    this.filter = filter;
    this.passedOver = passedOver;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    List<NameFilter.OfUnit> inputs = new ArrayList<>();
    for (String input : filter.inputs()) {
      inputs.add(filter.in(new ListingUnit(input, Extent.TREE)));
    }
    return new Iterator<>() {
      private Row next;

      @Override
      public boolean hasNext() {
        while (next == null && rows.hasNext()) {
          Row row = rows.next();
          next = isTaken(row, inputs) ? row : null;
        }
        if (next == null) {
          note(inputs);
        }
        return next != null;
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
      }
    };
  }

  private static boolean isTaken(Row row, List<NameFilter.OfUnit> inputs) {
    String path = row.getString(0);
    boolean directory = path.endsWith("/") && row.getLong(1) == 0;
    Predicate<NameFilter.OfUnit> takes = input -> input.holds(path) && input.takes(path);
    return !directory && inputs.stream().anyMatch(takes);
  }

  private void note(List<NameFilter.OfUnit> inputs) {
    PassedOver left =
        inputs.stream()
            .map(NameFilter.OfUnit::passedOver)
            .reduce(PassedOver.NOTHING, PassedOver::and);
    String part = "part " + TaskContext.getPartitionId();
    passedOver.add(new PassedOverByUnit.OfUnit(new ListingUnit(part, Extent.OBJECT), left));
  }
}
