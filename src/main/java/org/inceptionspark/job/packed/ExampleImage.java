package org.inceptionspark.job.packed;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;
import org.inceptionspark.weights.file.WeightsException;

/**
 * The image in a {@code tf.train.Example}, under the names of TF-Slim's data sets: {@code
 * image/encoded}, and {@code image/filename} if it has one.
 *
 * @param name null for none
 * @param offset in the record
 * @param fault why there is no image; else null
 */
record ExampleImage(String name, long offset, int length, String fault) {
  private static final String ENCODED = "image/encoded";
  private static final String FILENAME = "image/filename";

  static ExampleImage of(byte[] record) {
    try {
      return of(features(ByteCursor.of("", record)));
    } catch (WeightsException e) {
      return none("CORRUPT: no tf.train.Example");
    }
  }

  private static ExampleImage of(Map<String, ByteCursor> features) {
    ByteCursor image = features.get(ENCODED);
    if (image == null) {
      return none(
          "NOT_AN_IMAGE: no bytes under " + ENCODED + ", but " + new TreeSet<>(features.keySet()));
    }
    ByteCursor file = features.get(FILENAME);
    String name =
        file == null
            ? null
            : new String(file.rewound().bytes(file.remaining()), StandardCharsets.UTF_8);
    return new ExampleImage(name, image.position(), image.remaining(), null);
  }

  private static ExampleImage none(String fault) {
    return new ExampleImage(null, 0, 0, fault);
  }

  /** By name, the first value of each feature that has bytes; null for others. */
  private static Map<String, ByteCursor> features(ByteCursor record) {
    Map<String, ByteCursor> features = new TreeMap<>();
    ProtoReader example = new ProtoReader(record);
    while (example.next()) {
      if (example.field() != 1) {
        example.skip();
        continue;
      }
      ProtoReader entries = new ProtoReader(example.message());
      while (entries.next()) {
        if (entries.field() == 1) {
          feature(entries.message(), features);
        } else {
          entries.skip();
        }
      }
    }
    return features;
  }

  /** An entry of the map: a name, and a list of bytes (field 1) or numbers (2, 3). */
  private static void feature(ByteCursor entry, Map<String, ByteCursor> features) {
    String name = "";
    ByteCursor value = null;
    ProtoReader fields = new ProtoReader(entry);
    while (fields.next()) {
      switch (fields.field()) {
        case 1 -> name = fields.string();
        case 2 -> value = first(first(fields.message()));
        default -> fields.skip();
      }
    }
    features.put(name, value);
  }

  /** The first field by the number 1; null if there is none. */
  private static ByteCursor first(ByteCursor message) {
    if (message == null) {
      return null;
    }
    ProtoReader fields = new ProtoReader(message);
    while (fields.next()) {
      if (fields.field() == 1) {
        return fields.message();
      }
      fields.skip();
    }
    return null;
  }

  /**
   * @param ordinal of the record
   * @param start of the record in its file
   */
  Member member(String ordinal, long start) {
    String full = name == null || name.isEmpty() ? ordinal : ordinal + "/" + name;
    return fault == null
        ? Member.plain(full, start + offset, length)
        : Member.unread(full, start, 0, fault);
  }
}
