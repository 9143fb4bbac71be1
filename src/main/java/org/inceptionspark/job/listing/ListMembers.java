package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.ListingUnit.Extent;
import org.inceptionspark.job.listing.PackedNames.Choice;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.packed.ByteRange;
import org.inceptionspark.job.packed.DamagedException;
import org.inceptionspark.job.packed.Member;
import org.inceptionspark.job.packed.Members;
import org.inceptionspark.job.packed.PackedFormat;
import org.inceptionspark.job.storage.ObjectVersion;
import org.inceptionspark.job.storage.SeekableObject;

/**
 * Scans one packed file and gives its images; a file that turns out not to be packed remains an
 * object. Of members with the same name the last counts, as when unpacking. Holds the names of one
 * file's members in memory, since each row says how many there are.
 */
final class ListMembers implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final PackedNames names;
  private final PassedOverByUnit passedOver;

  ListMembers(
      Broadcast<SerializableConfiguration> hadoop, PackedNames names, PassedOverByUnit passedOver) {
    this.hadoop = hadoop;
    this.names = names;
    this.passedOver = passedOver;
  }

  @Override
  public Iterator<Row> call(Row row) {
    SourceImage file = SourceImage.of(row);
    ObjectVersion version = new ObjectVersion(file.path(), file.length(), file.etag());
    try (SeekableObject object = version.open(hadoop.value().value())) {
      Optional<PackedFormat> format = PackedFormat.of(object);
      return format.isEmpty()
          ? List.of(row).iterator()
          : new OfFile(file, names).rows(format.get(), object, passedOver);
    } catch (IOException e) {
      return List.of(fault(file, file.etag(), "UNREADABLE: " + StorageFailure.describe(e)))
          .iterator();
    }
  }

  private static Row fault(SourceImage file, String etag, String fault) {
    return RowFactory.create(file.path(), file.length(), file.modified(), etag, null, fault);
  }

  /** The members of one file. */
  private static final class OfFile {
    private final SourceImage file;
    private final PackedNames names;
    private final Map<String, Member> taken = new LinkedHashMap<>();
    private PassedOver left = PassedOver.NOTHING;
    private long notAskedFor;

    OfFile(SourceImage file, PackedNames names) {
      this.file = file;
      this.names = names;
    }

    Iterator<Row> rows(PackedFormat format, SeekableObject object, PassedOverByUnit passedOver)
        throws IOException {
      String damage = null;
      try (Members members = format.members(object)) {
        for (Optional<Member> next = members.next(); next.isPresent(); next = members.next()) {
          add(next.get());
        }
        for (long i = 0; i < members.others(); i++) {
          left = left.and(Reason.NO_FILE, file.path());
        }
      } catch (DamagedException e) {
        damage = e.kind() + ": " + format.title() + " that " + e.getMessage();
      }
      passedOver.add(
          new PassedOverByUnit.OfUnit(new ListingUnit(file.path(), Extent.OBJECT), left));
      return rows(damage);
    }

    private void add(Member member) {
      String name = member.name().replaceFirst("^(\\.?/)+", "");
      if (name.indexOf('\uFFFD') >= 0) { // bytes that are not text: others may look the same
        name = name + "@" + member.offset();
      }
      Choice choice = names.choice(file.path(), name);
      String path = file.path() + PackedVersion.SEPARATOR + name;
      switch (choice) {
        case TAKEN -> {
          if (taken.remove(path) != null) {
            left = left.and(Reason.NO_FILE, path);
          }
          taken.put(path, member);
        }
        case BESIDE -> left = left.and(Reason.BESIDE_IMAGES, path);
        case HIDDEN -> left = left.and(Reason.HIDDEN, path);
        case OTHER -> notAskedFor++;
        case HIDDEN_OTHER -> {}
      }
    }

    private Iterator<Row> rows(String damage) {
      long count = taken.size() + notAskedFor + (damage == null ? 0 : 1);
      String etag = PackedVersion.of(file.etag(), file.length(), count);
      List<Row> rows = new ArrayList<>();
      taken.forEach((path, member) -> rows.add(row(path, member, etag)));
      if (damage != null) {
        rows.add(fault(file, etag, damage));
      }
      return rows.iterator();
    }

    private Row row(String path, Member member, String etag) {
      ByteRange range =
          new ByteRange(
              file.path(), file.length(), member.offset(), member.stored(), member.coding());
      return RowFactory.create(
          path,
          Math.max(0, member.length()),
          file.modified(),
          etag,
          member.fault() == null ? range.toString() : null,
          member.fault());
    }
  }
}
