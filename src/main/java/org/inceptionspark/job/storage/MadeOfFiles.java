package org.inceptionspark.job.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What was made of files, by what was asked for: made again when one of the files is another than
 * then. The few asked for last are kept.
 *
 * @param <K> what is asked for
 * @param <V> what is made of it
 */
public final class MadeOfFiles<K, V> {
  private final Map<K, Made<V>> kept;

  /** Makes a value and notes the files that it reads. */
  public interface Maker<V> {
    V make(FileVersions read);
  }

  private record Made<V>(V value, FileVersions files) {}

  /**
   * @param most values that are kept
   */
  public MadeOfFiles(int most) {
    kept =
        new LinkedHashMap<>(most, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Made<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** One value is made at a time. */
  public synchronized V get(K key, Configuration hadoop, Maker<V> maker) {
    Made<V> known = kept.get(key);
    if (known != null && known.files().areCurrent(hadoop)) {
      return known.value();
    }
    kept.remove(key);
    FileVersions files = new FileVersions();
    Made<V> made = new Made<>(maker.make(files), files);
    kept.put(key, made);
    return made.value();
  }
}
