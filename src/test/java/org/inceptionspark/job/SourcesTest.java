// All sources are held to one table of expected rows, and share what makes and reads it.
package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.job.runs.Outcome.LABELLED;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.io.SequenceFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.InputList;
import org.inceptionspark.job.listing.InputTable;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PackedFiles;
import org.inceptionspark.job.listing.PackedNames;
import org.inceptionspark.job.listing.PassedOver.Reason;
import org.inceptionspark.job.packed.PackedFile;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.job.table.Relabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same photographs have the same labels whatever they come from, and once, from S3. */
class SourcesTest extends ObjectStoreNights {
  private static final Path PHOTOGRAPHS = Path.of("src/quickstart/photos");

  /** By name: the same photographs and a file that is none. */
  private static Map<String, byte[]> images() throws Exception {
    Map<String, byte[]> images = new TreeMap<>();
    for (String name : List.of("chelsea.jpg", "china.jpg", "coffee.jpg", "fig.jpg")) {
      images.put(name, Files.readAllBytes(PHOTOGRAPHS.resolve(name)));
    }
    images.put("Übung 1.jpg", photograph(3));
    images.put("none.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    return images;
  }

  private static ImageSource packed(String... inputs) throws Exception {
    return chosen("*", inputs);
  }

  private static ImageSource chosen(String glob, String... inputs) throws Exception {
    ListObjects listing =
        ListObjects.using(spark)
            .inputs(Arrays.stream(inputs).map(ObjectStoreNights::uri).toList())
            .glob(PackedNames.orPacked(glob, PackedNames.USUAL));
    ImageSource objects = ImageSource.listing(listing);
    PackedNames names =
        new PackedNames(PackedNames.USUAL, listing.objects(), glob, HiddenNames.Choice.SKIP);
    return PackedFiles.in(spark, objects, names);
  }

  private static ImageSource list(String list) throws Exception {
    return InputList.of(spark, list, Optional.empty(), Optional.empty());
  }

  private static LabelImages label(ImageSource source, String table, int day) {
    return LabelImages.using(spark)
        .model(MODEL)
        .images(source)
        .output(uri(table + "/labels"))
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day));
  }

  /** What does not depend on where an image lies, by the last part of its path. */
  private static Map<String, List<Object>> numbers(String table) {
    return numbers(table, path -> path.replaceFirst(".*/", ""));
  }

  private static Map<String, List<Object>> numbers(String table, Function<String, String> name) {
    Dataset<Row> rows =
        table(table)
            .selectExpr(
                "path",
                "length",
                "sha256",
                "format",
                "width",
                "logits",
                "prelogits",
                "top",
                "error");
    return rows.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> name.apply(row.getString(0)),
                row -> Arrays.asList(Arrays.copyOfRange(values(row), 1, row.size())),
                (one, other) -> {
                  throw new IllegalStateException("twice");
                },
                TreeMap::new));
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  private interface Source {
    ImageSource open() throws Exception;
  }

  /** Labels twice: the second time there is nothing to do. */
  private static void twice(String table, Source source, Map<String, List<Object>> expected)
      throws Exception {
    RunRecord first = label(source.open(), table, 1).execute();
    assertThat(first.images()).as(table).isEqualTo(expected.size());
    assertThat(numbers(table)).as(table).isEqualTo(expected);
    RunRecord second = label(source.open(), table, 2).execute();
    assertThat(second.listed()).as(table).isEqualTo(expected.size());
    assertThat(second.skipped()).as(table).isEqualTo(expected.size());
    assertThat(second.images() + second.reused()).as(table).isZero();
  }

  @Test
  void everySourceGivesTheSameBits() throws Exception {
    Map<String, byte[]> images = images();
    for (Map.Entry<String, byte[]> image : images.entrySet()) {
      put("plain/in/" + image.getKey(), image.getValue());
    }
    label(packed("plain/in"), "plain", 1).execute();
    Map<String, List<Object>> expected = numbers("plain");
    assertThat(expected).hasSize(images.size());

    Map<String, byte[]> shard = new LinkedHashMap<>();
    images.forEach(
        (name, bytes) -> {
          shard.put("./deep/" + name, bytes);
          shard.put("./deep/" + name.replace(".jpg", ".cls"), new byte[] {'7'});
        });
    put("tar/in/shard-000.tar", PackedFile.tar(shard));
    twice("tar", () -> packed("tar/in"), expected);
    put("zip/in/a.ZIP", PackedFile.zip(images));
    twice("zip", () -> packed("zip/in"), expected);
    put("tfrecord/in/train-00000-of-00001", PackedFile.tfRecord(images));
    twice("tfrecord", () -> packed("tfrecord/in"), expected);
    put(
        "sequence/in/part-00000",
        PackedFile.sequenceFile(images, SequenceFile.CompressionType.NONE));
    twice("sequence", () -> packed("sequence/in/part-00000"), expected);

    String names =
        images.keySet().stream().map(name -> "in/" + name).collect(Collectors.joining("\r\n"));
    put("plain/list.txt", (names + "\n\n" + names).getBytes(StandardCharsets.UTF_8));
    twice("list", () -> list(uri("plain/list.txt")), expected);
    Dataset<Row> bytes =
        spark
            .read()
            .format("binaryFile")
            .load(uri("plain/in"))
            .selectExpr(
                "named_struct('bytes', content, 'path', element_at(split(path, '/'), -1)) as image");
    bytes.write().parquet(uri("table/in"));
    twice(
        "table",
        () -> InputTable.of(spark, uri("table/in"), Optional.empty(), Optional.empty()),
        expected);
    watched("plain/in", "watch", expected);
    assertThat(numbers("tar", path -> path).keySet())
        .contains(uri("tar/in/shard-000.tar!/deep/Übung 1.jpg"));
  }

  /** By the command, which labels all in its first night and skips all in its second. */
  private static void watched(String input, String table, Map<String, List<Object>> expected)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("nightly", "--watch", "1s", "--input"));
    options.addAll(List.of(uri(input), "--output", uri(table + "/labels")));
    options.addAll(List.of("--stop-file", uri(table + "/stop")));
    options.addAll(List.of("--weights", TinyModel.checkpoint().toString()));
    CompletableFuture<CommandLineRun> watching =
        CompletableFuture.supplyAsync(() -> CommandLineRun.of(options.toArray(String[]::new)));
    List<RunRecord> runs = List.of();
    while (!watching.isDone() && runs.size() < 2) {
      Thread.sleep(200);
      runs = new ArrayList<>();
      LabelsTables.of(spark, uri(table + "/labels"))
          .records()
          .newestFirst()
          .forEachRemaining(runs::add);
      runs.removeIf(run -> run.status() != RunStatus.DONE);
    }
    put(table + "/stop", new byte[0]);
    CommandLineRun run = watching.get();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(runs.get(0).skipped()).isEqualTo(expected.size());
    assertThat(numbers(table)).as(table).isEqualTo(expected);
  }

  private static long reads(String prefix) {
    return s3.store().requests().stream()
        .filter(request -> request.startsWith("GET " + prefix))
        .count();
  }

  @Test
  void aTarNeedsATenthOfTheRequestsAndNoneWhenItIsKnown() throws Exception {
    Map<String, byte[]> images = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      images.put(i + ".jpg", photograph(i));
    }
    put("requests/in/shard.tar", PackedFile.tar(images));
    s3.store().requests().clear();
    label(packed("requests/in"), "requests", 1).execute();
    assertThat(reads("requests/in/")).isBetween(2L, images.size() / 10L);
    s3.store().requests().clear();
    RunRecord second = label(packed("requests/in"), "requests", 2).execute();
    assertThat(second.skipped()).isEqualTo(200);
    assertThat(reads("requests/in/")).isZero();

    images.put("more.jpg", photograph(250));
    put("requests/in/shard.tar", PackedFile.tar(images));
    RunRecord third = label(packed("requests/in"), "requests", 3).execute();
    assertThat(third.images()).as("another version of all of them").isEqualTo(201);
  }

  @Test
  void aNightThatEndedWithinAnArchiveGoesOnThere() throws Exception {
    Map<String, byte[]> images = new TreeMap<>();
    for (int i = 0; i < 6; i++) {
      images.put(i + ".jpg", photograph(i));
    }
    byte[] tar = PackedFile.tar(images);
    put("limit/in/shard.tar", tar);
    Selection four = new Selection(Relabel.NONE, Optional.empty(), OptionalLong.of(4));
    RunRecord first = label(packed("limit/in"), "limit", 1).selection(four).execute();
    assertThat(first.images()).isEqualTo(4);
    assertThat(first.left()).isEqualTo(2);
    RunRecord second = label(packed("limit/in"), "limit", 2).commitEvery(1).execute();
    assertThat(second.skipped()).isEqualTo(4);
    assertThat(second.images()).isEqualTo(2);
    assertThat(label(packed("limit/in"), "limit", 3).execute().skipped()).isEqualTo(6);

    put("limit/in/copy.tar", tar);
    RunRecord copied = label(packed("limit/in"), "limit", 4).execute();
    assertThat(copied.reused()).as("the same archive under another name").isEqualTo(6);
  }

  @Test
  void aDamagedArchiveGivesWhatIsBeforeTheDamage() throws Exception {
    byte[] tar =
        PackedFile.tar(new TreeMap<>(Map.of("a.jpg", photograph(0), "b.jpg", photograph(1))));
    put("damaged/in/cut.tar", Arrays.copyOf(tar, tar.length / 2 + 5_000));
    put("damaged/in/empty.tar", new byte[0]);
    put("damaged/in/text.tar", "no tar".getBytes(StandardCharsets.UTF_8));
    Map<String, byte[]> hidden = new TreeMap<>();
    hidden.put("__MACOSX/._a.jpg", new byte[10]);
    hidden.put("a.jpg", photograph(2));
    hidden.put("inner.tar", tar);
    put("damaged/in/mac.zip", PackedFile.zip(hidden));
    RunRecord first = label(packed("damaged/in"), "damaged", 1).execute();
    Map<String, List<Object>> rows = numbers("damaged", path -> path.replaceFirst(".*/in/", ""));
    assertThat(rows.keySet())
        .containsExactly(
            "cut.tar",
            "cut.tar!/a.jpg",
            "empty.tar",
            "mac.zip!/a.jpg",
            "mac.zip!/inner.tar",
            "text.tar");
    assertThat(rows.get("cut.tar").toString())
        .contains("[CORRUPT,a tar archive that ends within b.jpg, which begins at byte ");
    assertThat(rows.get("empty.tar").toString()).contains("[EMPTY,");
    assertThat(rows.get("text.tar").toString()).contains("[NOT_AN_IMAGE,");
    assertThat(rows.get("mac.zip!/inner.tar").toString()).contains("a tar archive, no picture");
    assertThat(first.passedOver().names().get(Reason.HIDDEN).count()).isEqualTo(1);
    s3.store().requests().clear();
    assertThat(label(packed("damaged/in"), "damaged", 2).execute().skipped()).isEqualTo(6);
    assertThat(reads("damaged/in/cut.tar")).isZero();
  }

  @Test
  void theGlobIsOfImagesOrOfArchives() throws Exception {
    Map<String, byte[]> images =
        new TreeMap<>(Map.of("a.jpg", photograph(0), "b.png", photograph(1)));
    put("glob/in/one.tar", PackedFile.tar(images));
    put("glob/in/two.zip", PackedFile.zip(images));
    put("glob/in/c.png", photograph(2));
    assertThat(label(chosen("*.png", "glob/in"), "glob", 1).execute().listed()).isEqualTo(3);
    assertThat(label(chosen("one*", "glob/in"), "glob", 2).execute().listed()).isEqualTo(2);
    assertThat(label(packed("glob/in"), "glob", 3).execute().listed()).isEqualTo(5);
  }

  private static Map<String, String> kinds(String table) {
    return table(table).selectExpr("path", "error.kind", "error.message").collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(0).replaceFirst(".*/", ""),
                row -> row.isNullAt(1) ? "LABELLED" : row.getString(1) + ": " + row.getString(2),
                (one, other) -> one + " twice"));
  }

  @Test
  void whatAListNamesAndIsNotThereIsUnreadable() throws Exception {
    put("missing/in/a.jpg", photograph(0));
    String csv =
        "\uFEFFid,path\n1,"
            + uri("missing/in/a.jpg")
            + "\n2,in/a.jpg\n3,\"in/absent, really.jpg\"\n4,in\n5,\n6,"
            + uri("missing/in/a.jpg").replace("s3a:", "s3:")
            + "\n7,no-such://host/b.jpg\n";
    put("missing/list.csv", csv.getBytes(StandardCharsets.UTF_8));
    RunRecord first = label(list(uri("missing/list.csv")), "missing", 1).execute();
    assertThat(kinds("missing"))
        .containsOnly(
            Map.entry("a.jpg", "LABELLED"),
            Map.entry("absent, really.jpg", "UNREADABLE: not found"),
            Map.entry("in", "UNREADABLE: a directory, and an object is needed"),
            Map.entry("b.jpg", "UNREADABLE: No FileSystem for scheme \"no-such\""));
    assertThat(first.passedOver().names().get(Reason.NO_PATH).count()).isEqualTo(1);
    put("missing/in/absent, really.jpg", photograph(1));
    RunRecord second = label(list(uri("missing/list.csv")), "missing", 2).execute();
    assertThat(second.skipped()).isEqualTo(1);
    assertThat(second.counts()).containsEntry(LABELLED, 1L);
    assertThat(table("missing").where("path like '%/in'").count()).as("replaced").isEqualTo(1);
  }

  @Test
  void listsOfAllFormsAreRead() throws Exception {
    put("forms/in/a.jpg", photograph(0));
    put("forms/in/b.jpg", photograph(1));
    Map<String, String> lists = new TreeMap<>();
    lists.put("lines.jsonl", "{\"path\":\"in/a.jpg\"}\n{\"path\":\"in/b.jpg\",\"x\":1}\n");
    lists.put("array.json", "[{\"path\":\"in/a.jpg\"},\n {\"path\":\"in/b.jpg\"}]");
    lists.put("plain", "in/a.jpg\nin/b.jpg");
    lists.put("no-header.csv", "in/a.jpg\nin/b.jpg\n");
    lists.put("one-column.csv", "url\nin/a.jpg\nin/b.jpg\n");
    lists.put("tab.tsv", "n\tPATH\n1\tin/a.jpg\n2\tin/b.jpg\n");
    for (Map.Entry<String, String> list : lists.entrySet()) {
      put("forms/" + list.getKey(), list.getValue().getBytes(StandardCharsets.UTF_8));
      assertThat(paths(list(uri("forms/" + list.getKey()))))
          .as(list.getKey())
          .containsExactlyInAnyOrder(uri("forms/in/a.jpg"), uri("forms/in/b.jpg"));
    }
    spark.sql("select 'in/a.jpg' as path").write().parquet(uri("forms/parquet"));
    assertThat(paths(list(uri("forms/parquet")))).containsExactly(uri("forms/parquet/in/a.jpg"));
    spark.sql("select 'in/a.jpg' as url").write().parquet(uri("forms/url"));
    assertThat(paths(list(uri("forms/url")))).containsExactly(uri("forms/url/in/a.jpg"));
    spark.sql("select 'in/a.jpg' as path").createOrReplaceTempView("list_of_images");
    assertThat(
            paths(
                InputList.of(spark, "list_of_images", Optional.empty(), Optional.of(uri("forms")))))
        .containsExactly(uri("forms/in/a.jpg"));
  }

  /** As Spark writes lists, unless it is asked for headers. */
  @Test
  void noFileOfAListWithoutHeadersLosesItsFirstLine() throws Exception {
    spark
        .range(10)
        .selectExpr("concat('/in/', id, '.jpg') AS path")
        .repartition(3)
        .write()
        .csv(uri("parts/list"));
    assertThat(paths(list(uri("parts/list")))).hasSize(10);
  }

  /** Otherwise a file would have a row for each way to write its path, and another when listed. */
  @Test
  void onDisksAListNamesImagesAsAListingDoes(@TempDir Path directory) throws Exception {
    Path photographs = Files.createDirectories(directory.resolve("photographs/below"));
    for (String name : List.of("a.jpg", "b 1.jpg", "c%20d#é.jpg", "e:f.jpg")) {
      Files.write(photographs.resolve(name), photograph(1));
    }
    Path list = directory.resolve("list.txt");
    Files.write(
        list,
        List.of(
            "photographs/below/a.jpg",
            "photographs/below//a.jpg",
            "./photographs/./below/../below/b 1.jpg",
            "photographs/below/c%20d#é.jpg",
            "photographs//below/e:f.jpg",
            photographs + "//e:f.jpg",
            "file:" + photographs + "/a.jpg",
            "file://" + photographs + "/b 1.jpg"));
    ListObjects listing = ListObjects.using(spark).inputs(List.of(photographs.toString()));
    assertThat(paths(list(list.toString())))
        .containsExactlyInAnyOrderElementsOf(paths(ImageSource.listing(listing)))
        .hasSize(4);
  }

  /** One failed look-up says nothing of the image, whose labels would be hidden for good. */
  @Test
  void anObjectThatIsNotFoundOnceKeepsItsLabels(@TempDir Path directory) throws Exception {
    for (String name : List.of("a.jpg", "b1.jpg", "b2.jpg")) {
      Files.write(directory.resolve(name), photograph(name.charAt(1)));
    }
    Path list = directory.resolve("list.txt");
    Path away = directory.resolve("away");
    Files.write(list, List.of("a.jpg", "b1.jpg"));
    label(list(list.toString()), "lost", 1).execute();
    Files.move(directory.resolve("a.jpg"), away);
    Files.write(list, List.of("a.jpg", "b2.jpg"));
    assertThat(label(list(list.toString()), "lost", 2).execute().errors()).isEqualTo(1);
    Files.move(away, directory.resolve("a.jpg"));
    label(list(list.toString()), "lost", 3).execute();
    for (Dataset<Row> newest :
        List.of(NewestRows.of(table("lost")), NewestRows.ofNarrow(table("lost")))) {
      assertThat(newest.where("path LIKE '%/a.jpg' AND error IS NULL").count()).isEqualTo(1);
      assertThat(newest.count()).isEqualTo(3);
    }
  }

  private static List<String> paths(ImageSource source) throws Exception {
    return source
        .rows(Optional.empty())
        .select("path")
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  @Test
  void badListsAndTablesAreToldInALine() throws Exception {
    put("bad/empty.csv", new byte[0]);
    put("bad/header.csv", "path\n".getBytes(StandardCharsets.UTF_8));
    put("bad/columns.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    for (String empty : List.of("empty.csv", "header.csv")) {
      assertThatThrownBy(() -> label(list(uri("bad/" + empty)), "bad", 1).execute())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              empty.startsWith("e") ? "has no column path" : "no images in the input");
    }
    assertThatThrownBy(() -> list(uri("bad/columns.csv")))
        .hasMessage(
            "input-list "
                + uri("bad/columns.csv")
                + " has no column path, but a, b: name the one with the URIs with --path-column");
    put("bad/semicolons.csv", "id;path\n1;a.jpg\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> list(uri("bad/semicolons.csv")))
        .hasMessageContaining("has no column path, but id;path: name the one");
    assertThatThrownBy(() -> list(uri("bad/absent.csv"))).hasMessageEndingWith("does not exist");
    assertThatThrownBy(() -> list("no_such_table"))
        .hasMessageStartingWith("input-list no_such_table is neither a file nor a table");
    spark.sql("select 'text' as image, 1 as id").write().parquet(uri("bad/table"));
    Optional<String> none = Optional.empty();
    assertThatThrownBy(() -> InputTable.of(spark, uri("bad/table"), Optional.of("image"), none))
        .hasMessageContaining("column image is string, needed are the bytes of image files");
    assertThatThrownBy(() -> InputTable.of(spark, uri("bad/table"), none, none))
        .hasMessageContaining("has no column of bytes, but image, id");
    assertThatThrownBy(() -> InputTable.of(spark, uri("bad/table"), Optional.of("x"), none))
        .hasMessageContaining("has no column x, but image, id");
  }

  @Test
  void namesArePassedThroughUnharmed() throws Exception {
    Map<String, byte[]> odd = new TreeMap<>();
    for (String name :
        List.of("a b.jpg", "%41.jpg", "x!/y.jpg", "n\u00e9.jpg", "../up.jpg", "#1.jpg")) {
      odd.put(name, photograph(odd.size()));
    }
    put("odd/in/a+b %20.tar", PackedFile.tar(odd));
    label(packed("odd/in"), "odd", 1).execute();
    assertThat(numbers("odd", path -> path.replaceFirst("^.*?\\.tar!/", "")).keySet())
        .isEqualTo(odd.keySet());
    assertThat(label(packed("odd/in"), "odd", 2).execute().skipped()).isEqualTo(odd.size());
    assertThat(Set.copyOf(kinds("odd").values())).containsExactly("LABELLED");
  }
}
