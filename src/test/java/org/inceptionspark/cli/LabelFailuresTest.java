package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.spark.LocalSpark;
import org.inceptionspark.weights.Fixtures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Runs that cannot work: one line says why, and nothing is written. */
class LabelFailuresTest {
  private static final String BUCKET = "label-failures";
  private static final String REFUSED = "label-failures-refused";

  @TempDir static Path directory;

  private static EmbeddedS3 s3;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(Files.createDirectory(directory.resolve("s3")), "id", "secret");
    client = s3.client();
    for (String bucket : List.of(BUCKET, REFUSED)) {
      client.createBucket(b -> b.bucket(bucket));
      LocalSpark.configureBucket(bucket, s3.s3aOptions());
    }
    LocalSpark.configureBucket("absent-bucket", s3.s3aOptions());
    LocalSpark.configureBucket(REFUSED, Map.of("fs.s3a.secret.key", "a-wrong-secret"));
    byte[] photograph = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    for (String bucket : List.of(BUCKET, REFUSED)) {
      client.putObject(o -> o.bucket(bucket).key("in/a.jpg"), RequestBody.fromBytes(photograph));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    s3.close();
  }

  private static CommandLineRun label(String input, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("label", "--input", input, "--output", output));
    if (!List.of(more).contains("--weights")) {
      arguments.addAll(List.of("--weights", TinyModel.checkpoint().toString()));
    }
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void assertFails(CommandLineRun run, String line) {
    assertThat(run.err()).isEqualTo("inception-spark label: " + line + System.lineSeparator());
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(keys()).containsExactly("in/a.jpg");
  }

  private static List<String> keys() {
    return client.listObjectsV2(r -> r.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static String in(String key) {
    return "s3a://" + BUCKET + "/" + key;
  }

  @Test
  void wrongCredentialsForTheInput() {
    String input = "s3a://" + REFUSED + "/in";
    assertFails(
        label(input, in("out")), "input " + input + ": access denied, check the credentials");
  }

  @Test
  void wrongCredentialsForTheOutput() {
    String output = "s3a://" + REFUSED + "/out";
    assertFails(
        label(in("in"), output), "output " + output + ": access denied, check the credentials");
  }

  @Test
  void missingBucketOfTheInput() {
    assertFails(
        label("s3a://absent-bucket/in", in("out")),
        "input s3a://absent-bucket/in: the bucket does not exist");
  }

  @Test
  void missingBucketOfTheOutput() {
    assertFails(
        label(in("in"), "s3a://absent-bucket/out"),
        "output s3a://absent-bucket/out: the bucket does not exist");
  }

  @Test
  void inputThatIsNotThere() {
    assertFails(label(in("absent"), in("out")), "input " + in("absent") + " does not exist");
  }

  @Test
  void noNameFits() {
    assertFails(
        label(in("in"), in("out"), "--glob", "*.png"),
        "no images in the input: nothing there, or no name fits");
  }

  @Test
  void emptyInput() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertFails(
        label(empty.toString(), in("out")),
        "no images in the input: nothing there, or no name fits");
  }

  @Test
  void outputThatHoldsATable() throws Exception {
    Path output = directory.resolve("table");
    Files.createDirectories(output.resolve("run_date=2026-01-01"));
    assertFails(
        label(in("in"), output.toString()),
        "output "
            + output
            + " already holds a labels table; to add to it, set if-exists to append");
    assertThat(Files.list(output)).hasSize(1);
  }

  @Test
  void outputThatHoldsSomethingElse() {
    assertFails(
        label(in("in"), in("in"), "--if-exists", "append"),
        "output " + in("in") + " holds something that is not a labels table: a.jpg");
  }

  @Test
  void unreadableWeights() throws Exception {
    Path file =
        Files.writeString(directory.resolve("weights.bin"), "not weights, whatever they say");
    assertFails(
        label(in("in"), in("out"), "--weights", file.toString()),
        file + ": its 30 bytes are of no known weight format");
  }

  /** A good file, but not of Inception V3: written by TensorFlow and by torch. */
  @ParameterizedTest
  @CsvSource({
    "inception_v1/model.ckpt, TensorFlow checkpoint V2 of 116 tensors, Inception V1 (GoogLeNet) by TF-Slim",
    "resnet_v1_50.ckpt, TensorFlow checkpoint V1 of 108 tensors, ResNet by TF-Slim",
    "resnet18.pth, torch archive of 122 tensors, ResNet by torchvision or timm",
    "resnet18.safetensors, safetensors of 122 tensors, ResNet by torchvision or timm"
  })
  void weightsOfAnotherNetwork(String name, String format, String network) {
    String file = Fixtures.path("other/" + name).toString();
    CommandLineRun run = label(in("in"), in("out"), "--weights", file);
    assertThat(run.err())
        .startsWith(
            "inception-spark label: "
                + file
                + ": "
                + format
                + ", not an Inception V3 but "
                + network
                + "; 376 of 376 variables of its convolutions are missing: ")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(keys()).containsExactly("in/a.jpg");
  }

  @Test
  void absentWeights() {
    assertFails(
        label(in("in"), in("out"), "--weights", "/absent/model.ckpt"),
        "/absent/model.ckpt: no such file");
    assertFails(
        label(in("in"), in("out"), "--weights", in("absent.ckpt")),
        "weights " + in("absent.ckpt") + ": not found");
  }

  @Test
  void labelsOfAnotherNetwork() {
    CommandLineRun run = label(in("in"), in("out"), "--labels", "imagenet");
    assertFails(run, "labels imagenet name 1001 classes, the model has 11");
  }

  @Test
  void endPointsThatAreNone() {
    CommandLineRun run = label(in("in"), in("out"), "--end-points", "Mixed_9z");
    assertThat(run.err()).contains("Mixed_9z").hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(keys()).containsExactly("in/a.jpg");
  }

  /** Checked by writing: only then does a store say who may. */
  @Test
  void outputThatMayNotBeWritten() {
    s3.store().denyWrites("read-only/");
    CommandLineRun run = label(in("in"), in("read-only"));
    assertThat(run.err())
        .isEqualTo(
            "inception-spark label: labels into "
                + in("read-only")
                + ": access denied, check the credentials"
                + System.lineSeparator());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(keys()).containsExactly("in/a.jpg");
    assertThat(client.listMultipartUploads(r -> r.bucket(BUCKET)).uploads()).isEmpty();
  }
}
