package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.listing.Lister.Found;

/** Lists one {@link ListingUnit} page by page: no directory is ever held in memory. */
final class ListPartition implements FlatMapFunction<ListingUnit, Row> {
  private static final long serialVersionUID = 1L;

  /** {@link SourceImage#LISTED} with the time in milliseconds. */
  static final StructType FOUND =
      new StructType()
          .add(SourceImage.PATH, DataTypes.StringType, false)
          .add(SourceImage.LENGTH, DataTypes.LongType, false)
          .add(SourceImage.MODIFIED, DataTypes.LongType, false)
          .add(SourceImage.ETAG, DataTypes.StringType, true);

  private final Broadcast<SerializableConfiguration> hadoop;
  private final NameFilter filter;
  private final PassedOverByUnit passedOver;

  ListPartition(
      Broadcast<SerializableConfiguration> hadoop, NameFilter filter, PassedOverByUnit passedOver) {
    this.hadoop = hadoop;
    this.filter = filter;
    this.passedOver = passedOver;
  }

  @Override
  public Iterator<Row> call(ListingUnit unit) throws IOException {
    return rows(unit, others -> {}, passedOver::add);
  }

  /**
   * @param below gets the directories that are left to other units
   * @param done gets what was passed over, once all rows have been read
   */
  Iterator<Row> rows(
      ListingUnit unit, Consumer<ListingUnit> below, Consumer<PassedOverByUnit.OfUnit> done)
      throws IOException {
    NameFilter.OfUnit names = filter.in(unit);
    try {
      Lister lister = Lister.of(unit.path(), hadoop.value().value());
      RemoteIterator<Found> objects =
          RemoteIterators.filteringRemoteIterator(
              lister.objects(unit, names, below), object -> names.fits(object.path()));
      return new Rows(unit, objects, names, done);
    } catch (FileNotFoundException | NoSuchFileException e) {
      PassedOver all = PassedOver.NOTHING.and(PassedOver.Reason.VANISHED, unit.path());
      done.accept(new PassedOverByUnit.OfUnit(unit, all));
      return Collections.emptyIterator();
    }
  }

  PassedOverByUnit passedOver() {
    return passedOver;
  }

  private static final class Rows implements Iterator<Row> {
    private final ListingUnit unit;
    private final RemoteIterator<Found> objects;
    private final NameFilter.OfUnit names;
    private final Consumer<PassedOverByUnit.OfUnit> done;
    private boolean ended;

    Rows(
        ListingUnit unit,
        RemoteIterator<Found> objects,
        NameFilter.OfUnit names,
        Consumer<PassedOverByUnit.OfUnit> done) {
      this.unit = unit;
      this.objects = objects;
      this.names = names;
      this.done = done;
    }

    @Override
    public boolean hasNext() {
      try {
        boolean more = !ended && objects.hasNext();
        if (!more && !ended) {
          ended = true;
          done.accept(new PassedOverByUnit.OfUnit(unit, names.passedOver(), names.edges()));
        }
        return more;
      } catch (IOException e) {
        throw new UncheckedIOException("listing of " + unit.path() + ": " + e.getMessage(), e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return row(objects.next());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Row row(Found object) {
      return RowFactory.create(object.path(), object.length(), object.modified(), object.etag());
    }
  }
}
