package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.weights.TorchPickles.body;
import static org.inceptionspark.weights.TorchPickles.call;
import static org.inceptionspark.weights.TorchPickles.dict;
import static org.inceptionspark.weights.TorchPickles.global;
import static org.inceptionspark.weights.TorchPickles.list;
import static org.inceptionspark.weights.TorchPickles.number;
import static org.inceptionspark.weights.TorchPickles.tensor;
import static org.inceptionspark.weights.TorchPickles.text;
import static org.inceptionspark.weights.TorchPickles.tuple;
import static org.inceptionspark.weights.TorchPickles.withState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.MovingAverages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trainers save around and beside a state dict. */
class TorchContentsTest {
  private static final String FIXTURE = "wrapped.pth";

  @TempDir Path folder;

  private Path write(String object) throws IOException {
    return TorchPickles.write(folder.resolve("model.pth"), FIXTURE, object);
  }

  private static LoadOptions stateDict(String name) {
    return new LoadOptions(
        MovingAverages.IGNORE, Optional.empty(), Optional.empty(), Optional.of(name));
  }

  private static void assertOpens(Path path) {
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.variables());
  }

  static Stream<Arguments> beside() {
    return Stream.of(
        Arguments.of("accuracy on a device", tensor("FloatStorage")),
        Arguments.of("random state", tensor("ByteStorage", 5)),
        Arguments.of("mean of colours", tensor("FloatStorage", 3)),
        Arguments.of(
            "argparse",
            withState(call(global("argparse", "Namespace")), dict(text("lr"), number(1)))),
        Arguments.of(
            "numpy scalar",
            call(
                global("numpy.core.multiarray", "scalar"),
                withState(
                    call(global("numpy", "dtype"), text("f8"), number(0), number(1)),
                    tuple(number(3), text("<"))),
                text("12345678"))),
        Arguments.of(
            "numpy random state",
            withState(
                call(
                    global("numpy._core.multiarray", "_reconstruct"),
                    global("numpy", "ndarray"),
                    tuple(number(0)),
                    text("b")),
                tuple(number(1)))),
        Arguments.of("pathlib", call(global("pathlib", "PosixPath"), text("/"), text("runs"))),
        Arguments.of("datetime", call(global("datetime", "datetime"), text("1234567890"))),
        Arguments.of("set", call(global("__builtin__", "set"), list(text("a")))),
        Arguments.of(
            "defaultdict",
            call(global("collections", "defaultdict"), global("__builtin__", "float"))),
        Arguments.of("device", call(global("torch", "device"), text("cuda"), number(0))),
        Arguments.of("type of elements", global("torch", "float32")),
        Arguments.of(
            "settings of a class of theirs",
            withState(call(global("train.config", "Settings")), dict(text("lr"), number(1)))),
        Arguments.of(
            "a dictionary of a class of theirs",
            call(global("mmcv.utils", "ConfigDict")) + "28" + text("lr") + number(1) + "75"),
        Arguments.of("keys of any kind", dict(tuple(number(1)), number(2), "4e", number(3))),
        Arguments.of(
            "optimizer",
            dict(
                text("state"),
                dict(number(0), dict(text("exp_avg"), tensor("FloatStorage", 4, 3))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void beside(String name, String object) throws IOException {
    assertOpens(write(dict(text("note"), object, text("checkpoint"), body(FIXTURE))));
    assertOpens(write(dict(text("checkpoint"), body(FIXTURE), text("note"), object)));
  }

  @Test
  void aroundIt() throws IOException {
    assertOpens(write(list(body(FIXTURE))));
    assertOpens(write(tuple(number(7), tuple(list(dict(text("a"), body(FIXTURE)))))));
  }

  @Test
  void severalAreNamedAndOneIsChosen() throws IOException {
    Path path = write(dict(text("G"), body(FIXTURE), text("ema"), body(FIXTURE)));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": several networks are in it: G/state_dict, ema/state_dict; choose one by"
                + " --state-dict NAME");
    assertThat(WeightsInspection.of(path, LoadOptions.DEFAULT).problem()).isPresent();
    TinyNetwork.assertLoaded(
        ModelWeights.load(path, stateDict("ema/state_dict")), TinyNetwork.variables());
    assertThatThrownBy(() -> ModelWeights.load(path, stateDict("D")))
        .hasMessageContaining("no state dict D in it; there are: G/state_dict/module, ema/");
  }

  /** One dictionary may hold a teacher and a student. */
  @Test
  void severalPrefixesInOneDictionary() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("safetensors/bfloat16.safetensors"))) {
      for (StoredTensor tensor : file.tensors()) {
        Tensor values = file.read(tensor.name());
        tensors.put(tensor.name(), values);
        float[] others = values.data().clone();
        others[0] += 1;
        tensors.put("teacher." + tensor.name(), new Tensor(values.shape(), others));
      }
    }
    Path path = folder.resolve("both.safetensors");
    SafetensorsWriter.write(ModelWeights.of("both", tensors), path);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageContaining("several networks are in it: ., teacher; choose");
    ModelWeights student = ModelWeights.load(path, stateDict("."));
    ModelWeights teacher = ModelWeights.load(path, stateDict("teacher"));
    assertThat(student.variables()).hasSameSizeAs(teacher.variables());
    assertThat(student.fingerprint()).isNotEqualTo(teacher.fingerprint());
  }

  /** The network is there, but its classes would be lost silently. */
  @Test
  void headInADictionaryOfItsOwn() throws IOException {
    String headless =
        body(FIXTURE)
            .replace(text("module.fc.weight"), text("module.AuxLogits.gone.weight"))
            .replace(text("module.fc.bias"), text("module.AuxLogits.gone.bias"));
    String classifier = dict(text("weight"), tensor("FloatStorage", 11, 9));
    assertThat(ModelWeights.load(write(headless)).traits().classes()).isZero();
    Path path = write(dict(text("backbone"), headless, text("classifier"), classifier));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageContaining("backbone/state_dict has no classes, and classifier has layers");
    ModelWeights chosen = ModelWeights.load(path, stateDict("backbone/state_dict"));
    assertThat(chosen.traits().classes()).isZero();
  }

  @Test
  void wholeModel() throws IOException {
    String module =
        withState(
            global("torchvision.models.inception", "Inception3") + "29" + "81",
            dict(text("_parameters"), dict(), text("_modules"), dict()));
    for (String object : new String[] {module, dict(text("model"), module)}) {
      Path path = write(object);
      assertThatThrownBy(() -> ModelWeights.load(path))
          .hasMessageStartingWith(
              path + ": holds a whole model, torchvision.models.inception.Inception3, ")
          .hasMessageContaining(".state_dict(), NEW)");
    }
    assertOpens(write(dict(text("model"), module, text("weights"), body(FIXTURE))));
  }

  @Test
  void weightsThatDependOnAnUnknownName() throws IOException {
    Path whole = write(call(global("their.zoo", "Weights"), body(FIXTURE)));
    assertThatThrownBy(() -> ModelWeights.load(whole))
        .hasMessageContaining("asks for their.zoo.Weights, which is not known here");
    String quantised = call(global("torch._utils", "_rebuild_qtensor"), number(1));
    Path head =
        write(
            body(FIXTURE)
                .replace(
                    text("module.fc.bias"),
                    text("module.fc.extra") + quantised + text("module.fc.bias"))
                .replace(text("module.fc.extra"), text("module.fc.2.weight")));
    assertThatThrownBy(() -> ModelWeights.load(head))
        .hasMessageContaining(
            "tensor module.fc.2.weight: is made by torch._utils._rebuild_qtensor, which is not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"os.system", "builtins.eval", "subprocess.Popen", "runpy.run_path"})
  void hostileNamesWhereverTheyAre(String name) throws IOException {
    int dot = name.indexOf('.');
    String global = global(name.substring(0, dot), name.substring(dot + 1));
    Path path = write(dict(text("note"), call(global, text("true")), text("a"), body(FIXTURE)));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageContaining("asks for " + name)
        .extracting(e -> ((WeightsException) e).kind())
        .isEqualTo(Kind.UNSAFE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model/constants.pkl", "model/serialized_exported_program.json"})
  void programs(String entry) throws IOException {
    Path path = folder.resolve("program.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String name : new String[] {entry, "model/data.pkl"}) {
        if (entry.endsWith(".pkl") || name.equals(entry)) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(new byte[] {(byte) 0x80, 2, '}', '.'});
        }
      }
    }
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageContaining("; save its state dict: torch.save(torch.");
  }

  /** Heads under names of their makers' own. */
  @ParameterizedTest
  @ValueSource(strings = {"last_linear", "module.classifier", "head.0", "fc"})
  void headUnderAnyName(String name) throws IOException {
    Map<String, Tensor> tensors = headless();
    tensors.put(name + ".weight", zeros(7, 128));
    tensors.put(name + ".bias", zeros(7));
    tensors.put("mean", zeros(1, 3, 1, 1));
    tensors.put("criterion.weight", zeros(7));
    assertThat(load(tensors).traits().classes()).isEqualTo(7);
  }

  /** As mmengine and Lightning's users keep them: every tensor again, its dots made underscores. */
  @ParameterizedTest
  @ValueSource(strings = {"ema_%s", "module.ema_%s", "model_ema.%s"})
  void averagesAmongTheBuffers(String name) throws IOException {
    Map<String, Tensor> tensors = headless();
    tensors.put("fc.weight", zeros(7, 128));
    tensors.put("fc.bias", zeros(7));
    for (String each : List.copyOf(tensors.keySet())) {
      String flat = each.replace(".", name.startsWith("model") ? "" : "_");
      tensors.put(String.format(Locale.ROOT, name, flat), tensors.get(each));
    }
    assertThat(load(tensors).traits().classes()).isEqualTo(7);
  }

  @Test
  void headsThatAreRefused() {
    Map<String, Tensor> two = headless();
    two.put("age.weight", zeros(7, 128));
    two.put("sex.weight", zeros(2, 128));
    assertThatThrownBy(() -> load(two)).hasMessageContaining("order is unknown: age, sex");
    for (String leaf : new String[] {"weight_v", "running_mean", "centers"}) {
      Map<String, Tensor> other = headless();
      other.put("fc.0.weight", zeros(7, 128));
      other.put("fc.1." + leaf, zeros(7, 1));
      assertThatThrownBy(() -> load(other)).hasMessageContaining("layer fc.1 of the head is not");
    }
  }

  private ModelWeights load(Map<String, Tensor> tensors) throws IOException {
    Path path = folder.resolve("head.safetensors");
    SafetensorsWriter.write(ModelWeights.of("head", tensors), path);
    return ModelWeights.load(path);
  }

  private static Tensor zeros(int... shape) {
    Shape of = Shape.of(shape);
    return new Tensor(of, new float[of.elements()]);
  }

  /** The tiny network's file without its head. */
  static Map<String, Tensor> headless() {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("safetensors/bfloat16.safetensors"))) {
      for (StoredTensor tensor : file.tensors()) {
        if (!tensor.name().startsWith("fc.")) {
          tensors.put(tensor.name(), file.read(tensor.name()));
        }
      }
    }
    return tensors;
  }
}
