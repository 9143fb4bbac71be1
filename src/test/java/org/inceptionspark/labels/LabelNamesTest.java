package org.inceptionspark.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelNamesTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("labels.txt"), text);
  }

  @Test
  void imagenetHasTheBackgroundFirst() {
    LabelNames names = LabelNames.builtIn("imagenet");
    assertThat(names.classes()).isEqualTo(1001);
    assertThat(names.name(0)).isEqualTo("background");
    assertThat(names.name(653)).contains("military uniform");
  }

  @Test
  void imagenet1000HasNot() {
    LabelNames names = LabelNames.builtIn("imagenet-1000");
    assertThat(names.classes()).isEqualTo(1000);
    assertThat(names.name(0)).contains("tench");
    assertThat(names.name(652)).contains("military uniform");
  }

  /** The numbers that the graph of December 2015 is known to give for two famous photographs. */
  @Test
  void inception2015HasAnOrderOfItsOwn() {
    LabelNames names = LabelNames.builtIn("inception-2015");
    assertThat(names.classes()).isEqualTo(1008);
    assertThat(names.name(866)).isEqualTo("military uniform");
    assertThat(names.name(169)).contains("panda");
    assertThat(names.name(0)).isEqualTo("unused 0");
    List<String> used = IntStream.range(1, 1001).mapToObj(names::name).toList();
    LabelNames imagenet = LabelNames.builtIn("imagenet-1000");
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1000).mapToObj(imagenet::name).toList());
  }

  @Test
  void readsALabelALine() throws IOException {
    LabelNames names = LabelNames.read(file("cat\n dog \r\nguinea pig, cavy\n"));
    assertThat(names.classes()).isEqualTo(3);
    assertThat(names.name(1)).isEqualTo("dog");
    assertThat(names.name(2)).isEqualTo("guinea pig, cavy");
  }

  @Test
  void readsATable() throws IOException {
    LabelNames names =
        LabelNames.of(file("index\twnid\tname\n0\tn1\tcat\n1\tn2\tdog\n").toString());
    assertThat(names.classes()).isEqualTo(2);
    assertThat(names.name(1)).isEqualTo("dog");
  }

  @Test
  void refusesWhatWouldShiftNames() throws IOException {
    Path gap = file("cat\n\ndog\n");
    assertThatThrownBy(() -> LabelNames.read(gap))
        .hasMessage(gap + ", line 2: empty, which would shift the names after it");
    Path order = file("0\tn1\tcat\n2\tn2\tdog\n");
    assertThatThrownBy(() -> LabelNames.read(order))
        .hasMessage(order + ", line 2: class 1 expected, found 2");
    Path empty = file("");
    assertThatThrownBy(() -> LabelNames.read(empty)).hasMessage(empty + ": no labels in it");
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path binary = Files.write(folder.resolve("labels.bin"), new byte[] {(byte) 0xC3, 0x28, 10});
    assertThatThrownBy(() -> LabelNames.read(binary))
        .isInstanceOf(IOException.class)
        .hasMessage(binary + ": labels must be UTF-8 text");
  }

  @Test
  void knowsTheBackgroundClass() {
    assertThatThrownBy(() -> LabelNames.builtIn("imagenet-1000").requireClasses(1001))
        .hasMessage(
            "labels imagenet-1000 name 1000 classes, the model has 1001; "
                + "TF-Slim's models have a background class first: use imagenet");
    assertThatThrownBy(() -> LabelNames.builtIn("imagenet").requireClasses(1000))
        .hasMessage(
            "labels imagenet name 1001 classes, the model has 1000; the labels seem to start with "
                + "a background class that this model does not have: use imagenet-1000");
    assertThatThrownBy(() -> LabelNames.numbered(7).requireClasses(5))
        .hasMessage("labels numbers name 7 classes, the model has 5");
  }

  @Test
  void unknownBuiltIn() {
    assertThatThrownBy(() -> LabelNames.builtIn("coco"))
        .hasMessage("no built-in labels coco; there are imagenet, imagenet-1000, inception-2015");
  }

  @Test
  void serialises() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(LabelNames.numbered(3));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((LabelNames) in.readObject()).name(2)).isEqualTo("2");
    }
  }
}
