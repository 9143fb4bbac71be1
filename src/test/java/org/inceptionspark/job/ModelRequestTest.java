package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.weights.LoadOptions;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Models in the same storage as the images. */
class ModelRequestTest {
  private static final String BUCKET = "models";

  @TempDir Path directory;

  private EmbeddedS3 s3;
  private final Configuration hadoop = new Configuration();

  @BeforeEach
  void start() throws Exception {
    s3 = EmbeddedS3.start(directory, "id", "secret");
    s3.s3aOptions().forEach(hadoop::set);
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    try (S3Client client = s3.client();
        Stream<Path> checkpoint = Files.list(TinyModel.checkpoint().getParent())) {
      client.createBucket(bucket -> bucket.bucket(BUCKET));
      put(client, "tiny/", checkpoint.toList());
    }
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
  }

  private static void put(S3Client client, String prefix, List<Path> files) {
    for (Path file : files) {
      client.putObject(o -> o.bucket(BUCKET).key(prefix + file.getFileName()), file);
    }
  }

  private LabelerSpec load(String weights, Optional<String> labels) {
    return load(weights, LoadOptions.DEFAULT, PixelOptions.DEFAULT, labels);
  }

  private LabelerSpec load(
      String weights, LoadOptions loading, PixelOptions pixels, Optional<String> labels) {
    ModelVariant variant = new ModelVariant(loading, Optional.empty(), pixels, "scalar");
    return new ModelRequest(weights, variant, ResultOptions.of(labels, 5), 1000).load(hadoop);
  }

  private static long copies() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("inception-spark-model"))
          .count();
    }
  }

  @Test
  void aRemoteCheckpointIsTheSameModel() throws IOException {
    long before = copies();
    String fingerprint = TinyModel.spec().fingerprint();
    for (String name :
        List.of("model.ckpt", "model.ckpt.index", "model.ckpt.data-00000-of-00001")) {
      LabelerSpec spec = load("s3a://models/tiny/" + name, Optional.empty());
      assertThat(spec.fingerprint()).as(name).isEqualTo(fingerprint);
    }
    assertThat(copies()).isEqualTo(before);
  }

  /** A SavedModel, whose variables are a checkpoint in a directory below. */
  @Test
  void aRemoteDirectoryIsTheSameModel() throws IOException {
    String fingerprint = TinyModel.spec().fingerprint();
    try (S3Client client = s3.client();
        Stream<Path> checkpoint = Files.list(TinyModel.checkpoint().getParent())) {
      byte[] graph = {8, 1, 18, 0};
      client.putObject(
          o -> o.bucket(BUCKET).key("saved/saved_model.pb"), RequestBody.fromBytes(graph));
      for (Path file : checkpoint.filter(each -> each.toString().contains("ckpt.")).toList()) {
        String name = file.getFileName().toString().replace("model.ckpt", "variables");
        client.putObject(o -> o.bucket(BUCKET).key("saved/variables/" + name), file);
      }
    }
    for (String name : List.of("saved", "saved/", "saved/saved_model.pb")) {
      assertThat(load("s3a://models/" + name, Optional.empty()).fingerprint())
          .as(name)
          .isEqualTo(fingerprint);
    }
  }

  /** Other pixels, other numbers: a model of its own. */
  @Test
  void decodingSmallerIsAnotherModel() {
    String full = decoding("full").fingerprint();
    assertThat(full).isEqualTo(TinyModel.spec().fingerprint());
    assertThat(decoding("scaled").fingerprint()).isNotEqualTo(full);
    assertThat(decoding("scaled").decoding()).isEqualTo(Decoding.SCALED);
    assertThatThrownBy(() -> decoding("half"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("decode must be full or scaled, found half");
  }

  private LabelerSpec decoding(String word) {
    return load(
        TinyModel.checkpoint().toString(),
        LoadOptions.DEFAULT,
        new PixelOptions("apply", word, Optional.empty()),
        Optional.empty());
  }

  /** What the user knows better is part of the model's identity. */
  @Test
  void poolsAreAnotherModel() {
    String told = load(TinyModel.checkpoint().toString(), Optional.empty()).fingerprint();
    LoadOptions known =
        new LoadOptions(
            MovingAverages.IGNORE,
            Optional.of(PoolDivisor.WINDOW),
            Optional.empty(),
            Optional.empty());
    LabelerSpec spec =
        load(TinyModel.checkpoint().toString(), known, PixelOptions.DEFAULT, Optional.empty());
    assertThat(spec.fingerprint()).isNotEqualTo(told);
  }

  @Test
  void aRemoteModelBringsItsShardsAndLabels() throws IOException {
    try (S3Client client = s3.client();
        Stream<Path> model = Files.list(Path.of("src/quickstart/model"))) {
      put(client, "nsfw/", model.toList());
    }
    LabelerSpec spec =
        load("s3a://models/nsfw/model.json", Optional.of("s3a://models/nsfw/labels.txt"));
    assertThat(spec.classes()).isEqualTo(5);
    assertThat(spec.labels().name(2)).isEqualTo("neutral");
    assertThat(load("s3a://models/nsfw", Optional.empty()).fingerprint())
        .isEqualTo(spec.fingerprint());
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> load("s3a://models/tiny/other.ckpt", Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("weights s3a://models/tiny/other.ckpt: not found");
  }
}
