package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.inceptionspark.job.AsciiDigitsPlugin;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** On machines whose language has digits of its own, stores are read and written as elsewhere. */
class OtherDigitsTest {
  private static final String BUCKET = "other-digits";

  @TempDir Path directory;

  private final Locale language = Locale.getDefault(Locale.Category.FORMAT);

  @AfterEach
  void restore() {
    Locale.setDefault(Locale.Category.FORMAT, language);
  }

  @Test
  void labelsWhatIsInAStore() throws Exception {
    byte[] photograph = Files.readAllBytes(Path.of("src/quickstart/photos/fig.jpg"));
    try (EmbeddedS3 s3 =
            EmbeddedS3.start(Files.createDirectory(directory.resolve("s3")), "id", "x");
        S3Client client = s3.client()) {
      client.createBucket(b -> b.bucket(BUCKET));
      client.putObject(o -> o.bucket(BUCKET).key("in/a.jpg"), RequestBody.fromBytes(photograph));
      LocalSpark.configureBucket(BUCKET, s3.s3aOptions());
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
      for (int night = 1; night <= 2; night++) {
        CommandLineRun run = label();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContainPattern("[\\u0660-\\u0669]");
        assertThat(run.err().contains("labelled                      1")).isEqualTo(night == 1);
      }
    }
  }

  private static CommandLineRun label() {
    return CommandLineRun.of(
        "label",
        "--input",
        "s3a://" + BUCKET + "/in",
        "--output",
        "s3a://" + BUCKET + "/out",
        "--if-exists",
        "append",
        "--weights",
        TinyModel.checkpoint().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR-u-nu-arabext", "hi-IN-u-nu-deva", "ar-EG-u-nu-arab"})
  void executorsHaveAsciiDigits(String tag) {
    assertThat(JobDefaults.applyTo(new SparkConf(false)).get("spark.plugins"))
        .contains(AsciiDigitsPlugin.class.getName());
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(tag));
    new AsciiDigitsPlugin().executorPlugin().init(null, null);
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.ROOT);
  }

  @Test
  void otherLanguagesAreLeftAsTheyAre() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
    new AsciiDigitsPlugin().executorPlugin().init(null, null);
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.GERMANY);
  }
}
