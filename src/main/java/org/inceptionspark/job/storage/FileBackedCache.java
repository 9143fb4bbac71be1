package org.inceptionspark.job.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A cache of values made from files: a value is made again when one of its files has changed. The
 * few most recently used are kept.
 *
 * @param <K> what is requested
 * @param <V> what is made from it
 */
public final class FileBackedCache<K, V> {
  private final Map<K, Made<V>> kept;

  /** Makes a value and records the files that it reads. */
  public interface Maker<V> {
    V make(FileVersions read);
  }

  private record Made<V>(V value, FileVersions files) {}

  /**
   * @param most number of values that are kept
   */
  public FileBackedCache(int most) {
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
