package org.inceptionspark.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.s3.EmbeddedS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two concurrent updates one takes effect, and the other gets an error. */
class IndexStoreTest {
  @TempDir Path directory;

  private static IndexManifest manifest(String segment) {
    return new IndexManifest(
        1, "model", 4, 2, "c.f32", List.of(new IndexManifest.Segment(segment, 1, List.of("f"))));
  }

  private static void twoUpdates(String uri, Configuration hadoop) throws Exception {
    IndexStore index = new IndexStore(uri, hadoop);
    index.write(manifest("one"));
    assertThatThrownBy(() -> index.write(manifest("other")))
        .isInstanceOf(RunException.class)
        .hasMessage("index " + uri + ": another update has written version 1");
    assertThat(index.require().segments()).extracting("directory").containsExactly("one");
  }

  @Test
  void onLocalDisks() throws Exception {
    twoUpdates(directory.resolve("index").toString(), new Configuration());
  }

  @Test
  void onS3() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, "id", "secret")) {
      try (var client = s3.client()) {
        client.createBucket(b -> b.bucket("index-store"));
      }
      Configuration hadoop = new Configuration();
      for (Map.Entry<String, String> option : s3.s3aOptions().entrySet()) {
        hadoop.set(option.getKey(), option.getValue());
      }
      hadoop.set("fs.s3a.create.performance", "true"); // as some sites have it
      hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
      twoUpdates("s3a://index-store/index", hadoop);
    }
  }
}
