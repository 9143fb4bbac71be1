package org.inceptionspark.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.s3.EmbeddedS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What is asked of storage for one model or file in a folder of many. */
@Tag("slow")
class LocalCopyTest {
  private static final String BUCKET = "models";

  @TempDir Path directory;

  private EmbeddedS3 s3;
  private S3Client client;
  private final Configuration hadoop = new Configuration();

  @BeforeEach
  void start() throws Exception {
    s3 = EmbeddedS3.start(directory, "id", "secret");
    s3.s3aOptions().forEach(hadoop::set);
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    client = s3.client();
    client.createBucket(bucket -> bucket.bucket(BUCKET));
    put("folder/other-1", "values");
    put("folder/checkpoint", "model_checkpoint_path: \"/old/place/model.ckpt\"");
    put("folder/model.json.backup", "");
    for (int shard = 0; shard < 2; shard++) {
      put("folder/shards/group" + shard + ".bin", "values");
      put("folder/m_0000" + shard + ".weights.h5", "values");
      put("folder/v1.ckpt-0000" + shard + "-of-00002", "values");
    }
    put(
        "folder/model.json",
        "{\"weightsManifest\":[{\"paths\":[\"shards/group0.bin\",\"shards/group1.bin\","
            + "\"../other\"]}]}");
    put(
        "folder/m.weights.json",
        "{\"weight_map\":{\"/a/vars\":\"m_00000.weights.h5\",\"/b/vars\":[\"m_00001.weights.h5\"]}}");
    try (Stream<Path> checkpoint = Files.list(TinyModel.checkpoint().getParent())) {
      for (Path file : checkpoint.toList()) {
        client.putObject(o -> o.bucket(BUCKET).key("folder/" + file.getFileName()), file);
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    s3.close();
  }

  private void put(String key, String content) {
    client.putObject(o -> o.bucket(BUCKET).key(key), RequestBody.fromString(content));
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "model.json, model.json shards/group0.bin shards/group1.bin",
    "m.weights.json, m.weights.json m_00000.weights.h5 m_00001.weights.h5",
    "model.ckpt, model.ckpt.data-00000-of-00001 model.ckpt.index",
    "model.ckpt.index, model.ckpt.data-00000-of-00001 model.ckpt.index",
    "model.ckpt.data-00000-of-00001, model.ckpt.data-00000-of-00001 model.ckpt.index",
    "v1.ckpt-00001-of-00002, v1.ckpt-00000-of-00002 v1.ckpt-00001-of-00002",
    "other-1, other-1",
  })
  void aModelIsTheFilesThatItNames(String name, String expected) throws IOException {
    s3.store().requests().clear();
    try (LocalCopy copy = LocalCopy.of("s3a://models/folder/" + name, hadoop)) {
      assertThat(filesIn(copy.path().getParent())).containsExactly(expected.split(" "));
    }
    assertThat(s3.store().requests())
        .filteredOn(request -> request.startsWith("GET"))
        .hasSize(expected.split(" ").length);
    assertThat(s3.store().listings()).doesNotContain("folder/");
  }

  /** Only for these is the folder listed: nothing else says how many there are. */
  @Test
  void shardsByTheirPrefix() throws IOException {
    try (LocalCopy copy = LocalCopy.of("s3a://models/folder/v1.ckpt", hadoop)) {
      assertThat(filesIn(copy.path().getParent()))
          .containsExactly("v1.ckpt-00000-of-00002", "v1.ckpt-00001-of-00002");
    }
    assertThat(s3.store().listings()).contains("folder/");
  }

  @Test
  void aFolderIsItsModel() throws IOException {
    try (LocalCopy copy = LocalCopy.of("s3a://models/folder", hadoop)) {
      assertThat(filesIn(copy.path()))
          .containsExactly("checkpoint", "model.ckpt.data-00000-of-00001", "model.ckpt.index");
    }
  }

  /** One open: a request for the size and one for the bytes. */
  @Test
  void oneFileIsOneOpen() throws IOException {
    s3.store().requests().clear();
    try (LocalCopy copy = LocalCopy.ofFile("s3a://models/folder/model.json", hadoop)) {
      assertThat(filesIn(copy.path().getParent())).containsExactly("model.json");
    }
    assertThat(s3.store().requests())
        .containsExactly("HEAD folder/model.json", "GET folder/model.json");
    assertThat(s3.store().listings()).isEmpty();
  }

  @Test
  void whatIsNotThere() {
    for (String name : new String[] {"absent", "absent.json", "absent.index"}) {
      assertThatThrownBy(() -> LocalCopy.of("s3a://models/folder/" + name, hadoop))
          .isInstanceOf(FileNotFoundException.class)
          .hasMessage("s3a://models/folder/" + name);
    }
    assertThatThrownBy(() -> LocalCopy.ofFile("s3a://models/folder/absent", hadoop))
        .isInstanceOf(FileNotFoundException.class);
  }
}
