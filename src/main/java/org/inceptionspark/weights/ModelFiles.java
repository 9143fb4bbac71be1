package org.inceptionspark.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.JsonDocuments;
import org.inceptionspark.weights.tensorflow.CheckpointV2;
import org.inceptionspark.weights.tensorflow.SsTable;
import org.inceptionspark.weights.tensorflow.TfjsModel;

/**
 * Which files belong to a model besides the one that the user names. They are opened by the names
 * that the first ones give, never found by listing: a model may be in a folder of a million other
 * files.
 */
public final class ModelFiles {
  private static final Pattern DATA_FILE = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final Pattern SHARD = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})");
  private static final int MOST_SHARDS = 1000;

  /** Names that a folder's model may have, in the order in which they are tried. */
  private static final List<String> OF_FOLDERS = List.of("model.json", "model.weights.json");

  private static final String STATE = "checkpoint";
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final String VARIABLES = "variables/variables.index";

  /** Copies files here from where the model is stored. */
  public interface Store {
    /**
     * Copies a file beside the model, or below its folder, to the same place here.
     *
     * @return whether it exists
     */
    boolean copy(String name) throws IOException;

    /** Names in the model's folder with this prefix, for models that only a listing can find. */
    List<String> beginningWith(String prefix) throws IOException;
  }

  private final Path folder;
  private final Store store;

  private ModelFiles(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Copies a model's files.
   *
   * @param name the file that the user named, or the prefix of a checkpoint
   * @param folder where the copies go
   * @return whether anything was there
   */
  public static boolean copy(String name, Path folder, Store store) throws IOException {
    return new ModelFiles(folder, store).named(name);
  }

  /** As {@link #copy}, for a folder that may hold one model. */
  public static void copyFolder(Path folder, Store store) throws IOException {
    new ModelFiles(folder, store).ofFolder();
  }

  private boolean named(String name) throws IOException {
    boolean there = store.copy(name);
    Matcher dataFile = DATA_FILE.matcher(name);
    Matcher shard = SHARD.matcher(name);
    if (dataFile.matches()) {
      index(dataFile.group(1) + ".index");
    } else if (shard.matches()) {
      shards(shard.group(1), Integer.parseInt(shard.group(2)));
    } else if (name.endsWith(".index")) {
      dataFiles(name);
    } else if (name.endsWith(".json")) {
      listed(name);
    } else if (name.equals(SAVED_MODEL)) {
      index(VARIABLES);
    } else if (!there) {
      return index(name + ".index") || shardsOf(name);
    }
    return there;
  }

  private void ofFolder() throws IOException {
    if (store.copy(STATE)) {
      Optional<String> latest = WeightsOpener.latest(Files.readString(folder.resolve(STATE)));
      if (latest.isPresent()) {
        named(latest.get());
      }
      return;
    }
    for (String name : OF_FOLDERS) {
      if (named(name)) {
        return;
      }
    }
    store.copy(SAVED_MODEL);
    index(VARIABLES);
  }

  private boolean index(String name) throws IOException {
    boolean there = store.copy(name);
    dataFiles(name);
    return there;
  }

  private void dataFiles(String index) throws IOException {
    Path local = folder.resolve(index);
    if (Files.isRegularFile(local)) {
      ByteCursor table = ByteCursor.map(local);
      if (SsTable.matches(table)) {
        String prefix = local.getFileName().toString().replaceFirst("\\.index$", "");
        List<String> files = CheckpointV2.open(local.resolveSibling(prefix), table).dataFiles();
        int folderEnd = index.lastIndexOf('/') + 1;
        all(files.stream().map(file -> index.substring(0, folderEnd) + file).toList());
      }
    }
  }

  private void shards(String prefix, int count) throws IOException {
    List<String> names = new ArrayList<>();
    for (int shard = 0; shard < Math.min(count, MOST_SHARDS); shard++) {
      names.add(String.format(Locale.ROOT, "%s-%05d-of-%05d", prefix, shard, count));
    }
    all(names);
  }

  /** Only their names say how many shards there are. */
  private boolean shardsOf(String prefix) throws IOException {
    List<String> names =
        store.beginningWith(prefix + "-").stream()
            .filter(name -> SHARD.matcher(name).matches())
            .toList();
    all(names);
    return !names.isEmpty();
  }

  /** The shards that a manifest lists. */
  private void listed(String name) throws IOException {
    Path local = folder.resolve(name);
    if (Files.isRegularFile(local)) {
      JsonNode document = JsonDocuments.parse(ByteCursor.map(local));
      all(TfjsModel.shardNames(document));
      all(ShardedWeights.names(document));
    }
  }

  /** Missing shards and unsafe names are reported when the model is opened. */
  private void all(Collection<String> names) throws IOException {
    for (String name : names) {
      boolean below = !name.startsWith("/") && !List.of(name.split("/")).contains("..");
      if (below && !name.isEmpty() && !Files.exists(folder.resolve(name))) {
        store.copy(name);
      }
    }
  }
}
