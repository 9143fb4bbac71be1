package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.listing.PackedFiles;
import org.inceptionspark.job.listing.PackedNames;
import org.inceptionspark.job.packed.PackedFile;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.table.IfExists;
import org.junit.jupiter.api.Test;

/** Rows of images that are gone leave the table, and no others. */
class PruneTableTest extends ObjectStoreNights {
  private static void delete(String key) {
    client.deleteObject(o -> o.bucket(nights).key(key));
  }

  private static PruneTable prune(String name) {
    return PruneTable.using(spark).table(uri(name + "/labels")).inputs(List.of(uri(name + "/in")));
  }

  @Test
  void allRowsOfWhatIsGoneLeave() throws Exception {
    putPhotographs("gone/in", 4);
    putPhotographs("gone/in-2", 1);
    night("gone", 1).commitEvery(2).execute();
    put("gone/in/1.jpg", photograph(11));
    night("gone", 2).execute();
    LabelImages.using(spark)
        .model(MODEL)
        .images(ImageSource.listing(ListObjects.using(spark).inputs(List.of(uri("gone/in-2")))))
        .output(uri("gone/labels"))
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, 2))
        .execute();
    delete("gone/in/1.jpg");
    delete("gone/in-2/0.jpg");

    assertThat(prune("gone").estimate().rows()).isZero();
    assertThat(rows("gone")).hasSize(6);
    PruneTable.Pruned pruned = prune("gone").maxShare(0.25).execute();
    assertThat(pruned.images()).isEqualTo(4);
    assertThat(pruned.gone()).isEqualTo(1);
    assertThat(pruned.examples()).containsExactly(uri("gone/in/1.jpg"));
    assertThat(pruned.rows()).isEqualTo(2);
    assertThat(rows("gone").keySet())
        .containsExactly("0.jpg 1", "2.jpg 1", "3.jpg 1", uri("gone/in-2/0.jpg") + " 2");
    assertThat(keys("gone/labels/_replacement")).isEmpty();

    assertThat(prune("gone").execute().gone()).isZero();
    assertThat(night("gone", 3).execute().skipped()).isEqualTo(3);
    put("gone/in/1.jpg", photograph(11));
    assertThat(night("gone", 4).execute().listed()).isEqualTo(4);
    assertThat(rows("gone")).containsKey("1.jpg 4");
  }

  @Test
  void tooManyAreAWrongInput() throws Exception {
    putPhotographs("many/in", 3);
    night("many", 1).execute();
    delete("many/in/0.jpg");
    PruneTable pruning = prune("many");
    assertThat(pruning.estimate().gone()).isEqualTo(1); // and asking allows no more than before
    assertThatThrownBy(pruning::execute)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1 of 3 images below " + uri("many/in") + " are gone, such as")
        .hasMessageContaining("max-share 0.1 allows; nothing was removed");
    assertThat(rows("many")).hasSize(3);
    delete("many/in/1.jpg");
    delete("many/in/2.jpg");
    assertThatThrownBy(() -> prune("many").maxShare(1).execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("does not exist");
    put("many/other/a.jpg", photograph(1));
    assertThatThrownBy(() -> prune("many").inputs(List.of(uri("many/other"))).execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds no image below");
    assertThat(rows("many")).hasSize(3);
  }

  /** Hidden names too: whatever was labelled once is looked for. */
  @Test
  void membersOfPackedFilesStayWithTheirFile() throws Exception {
    Map<String, byte[]> members = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      members.put("a!/" + i + ".jpg", photograph(i));
    }
    put("packed/in/x!/kept.tar", PackedFile.tar(members));
    put("packed/in/gone.tar", PackedFile.tar(Map.of("9.jpg", photograph(9))));
    put("packed/in/_DSC1.jpg", photograph(8));
    ListObjects listing =
        ListObjects.using(spark)
            .inputs(List.of(uri("packed/in")))
            .hiddenNames(HiddenNames.Choice.READ);
    ImageSource objects = ImageSource.listing(listing);
    PackedNames names =
        new PackedNames(PackedNames.USUAL, listing.objects(), "*", HiddenNames.Choice.READ);
    LabelImages.using(spark)
        .model(MODEL)
        .images(PackedFiles.in(spark, objects, names))
        .output(uri("packed/labels"))
        .runDate(LocalDate.of(2026, 1, 1))
        .execute();
    delete("packed/in/gone.tar");
    PruneTable.Pruned pruned = prune("packed").maxShare(0.5).execute();
    assertThat(pruned.images()).isEqualTo(5);
    assertThat(pruned.examples()).containsExactly(uri("packed/in/gone.tar!/9.jpg"));
    assertThat(rows("packed").keySet())
        .containsExactly(
            "_DSC1.jpg 1",
            "x!/kept.tar!/a!/0.jpg 1",
            "x!/kept.tar!/a!/1.jpg 1",
            "x!/kept.tar!/a!/2.jpg 1");
  }

  @Test
  void theCommandSaysWhatItDoes() throws Exception {
    putPhotographs("command/in", 2);
    night("command", 1).execute();
    delete("command/in/0.jpg");
    String[] words = {
      "prune", "--table", uri("command/labels"), "--input", uri("command/in"), "--max-share", "0.5"
    };
    String found = "Gone: 1 of 2 images below the input.\n  " + uri("command/in/0.jpg") + "\n";
    String[] only = java.util.Arrays.copyOf(words, words.length + 1);
    only[words.length] = "--dry-run";
    assertThat(CommandLineRun.of(only)).isEqualTo(new CommandLineRun(0, found, ""));
    assertThat(CommandLineRun.of(words))
        .isEqualTo(new CommandLineRun(0, found + "Removed rows: 1.\n", ""));
    words[6] = "2";
    CommandLineRun wrong = CommandLineRun.of(words);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("max-share must be from 0 to 1, found 2.0");
  }
}
