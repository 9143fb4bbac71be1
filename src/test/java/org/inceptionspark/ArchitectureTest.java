// The rules of the whole code: the table of rooms, and a rule a door.
package org.inceptionspark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.inceptionspark.image.core.Reader;
import org.junit.jupiter.api.Test;

/**
 * The rooms: which package may know which, and where the outside world may come in. CONTRIBUTING.md
 * has the same table with what each room is for.
 */
class ArchitectureTest {
  private static final String ROOT = "org.inceptionspark.";

  /** Each room, and the rooms it may import from. A room within a room is no part of it here. */
  private static final Map<String, Set<String>> ROOMS =
      table(
          """
          tensor:
          kernels:
          nn: tensor
          nn.onnx: tensor nn
          nn.run: tensor kernels nn
          inception: tensor nn
          weights.file: tensor
          weights.tensorflow: tensor weights.file
          weights.hdf5: tensor weights.file
          weights.torch: tensor weights.file
          weights.onnx: tensor weights.file
          weights.model: tensor
          weights.names: tensor weights.file weights.tensorflow weights.onnx weights.model
          weights: tensor weights.file weights.tensorflow weights.hdf5 weights.torch weights.onnx weights.model weights.names
          image.core:
          image.jpeg.scan: image.core
          image.jpeg.sample: kernels image.core image.jpeg.scan
          image.jpeg: image.core image.jpeg.scan image.jpeg.sample
          image.webp: image.core
          image.formats: image.core
          image.tiff: image.core image.jpeg
          image.preprocess: image.core
          image: image.core image.jpeg image.webp image.formats image.tiff image.preprocess
          image.draw: image image.core
          page: image.core
          labels:
          shims:
          labeler: tensor kernels nn nn.onnx nn.run inception weights weights.model image image.core image.preprocess image.draw labels
          job.transfer:
          job.failure: shims
          job.storage: job.failure weights shims
          job.packed: job.storage weights.file shims
          job.keys: job.storage job.transfer
          job.orc:
          job.listing: job.failure job.storage job.packed job.keys job.transfer job.orc shims
          job.runs: job.failure job.storage job.listing
          job.table: job.failure job.storage job.listing job.runs labels labeler shims
          job.task: job.failure job.storage job.listing job.runs job.table labeler job.transfer shims job.packed weights
          job.plan: job.failure job.listing job.runs job.table job.task labels labeler weights weights.model shims
          job.directory: job.failure job.storage job.listing job.runs job.table shims
          job.catalog: job.failure job.storage job.listing job.runs job.table job.directory shims
          job: job.failure job.storage job.listing job.runs job.table job.directory job.catalog job.task job.plan image labels labeler weights weights.file shims image.core
          report: job.failure job.storage job.runs image image.core labeler page job.table job.catalog job.transfer
          embedding: kernels
          fit: embedding
          search.scan: embedding job.failure job.storage job.table image image.core labeler page job.transfer
          search.index: fit embedding search.scan job.failure job.storage job.transfer job.table
          search.neighbours: embedding search.scan search.index job.failure job.table labels labeler page job.transfer
          search.duplicates: embedding search.scan job.table page job.transfer
          search.sql: embedding job job.failure job.storage job.table job.task labels labeler weights job.transfer shims job.catalog
          search: search.sql
          learn: fit tensor weights image image.core labeler page job job.failure job.storage job.table job.task job.transfer
          cli.output: weights weights.file weights.model image.core image.draw labels labeler job job.failure job.storage job.listing job.runs job.plan job.task search.neighbours learn job.table job.catalog
          cli.options: cli.output learn weights weights.file weights.model labeler job job.failure job.storage job.listing job.table job.plan search.scan search.neighbours
          cli.commands: cli.output cli.options weights weights.model image.core labels labeler job job.failure job.storage job.runs job.table report search.scan search.index search.neighbours search.duplicates learn page job.catalog
          cli.yarn: cli.output cli.options job.failure job.storage labels
          cli: cli.output cli.options cli.commands cli.yarn job.failure job.storage shims
          """);

  private static final Set<String> FORMAT = Set.of("format", "printf", "<init>");

  /** By class, the methods that follow the default locale unless they are given one. */
  private static final Map<String, Set<String>> OF_THE_LANGUAGE =
      Map.of(
          "java.lang.String",
          Set.of("format", "formatted", "toLowerCase", "toUpperCase"),
          "java.io.PrintStream",
          Set.of("format", "printf"),
          "java.io.PrintWriter",
          Set.of("format", "printf"),
          "java.util.Formatter",
          FORMAT,
          "java.util.Scanner",
          FORMAT,
          "java.text.SimpleDateFormat",
          FORMAT,
          "java.text.DecimalFormat",
          FORMAT,
          "java.text.MessageFormat",
          FORMAT,
          "java.text.NumberFormat",
          Set.of("getInstance", "getIntegerInstance", "getNumberInstance", "getPercentInstance"),
          "java.time.format.DateTimeFormatter",
          Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.inceptionspark");

  @Test
  void roomsKnowOnlyTheRoomsOfTheTable() {
    classes().should(knowOnlyTheRoomsOfTheTable()).check(CLASSES);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theVectorApiIsOnlyInKernelsAndTheVectorClassesOfEmbeddingAndImage() {
    noClasses()
        .that(describe("are outside kernels", type -> !house(type).equals("kernels")))
        .and(describe("are no vector class elsewhere", type -> !isVectorClass(type)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  private static boolean isVectorClass(JavaClass type) {
    return Set.of("embedding", "image").contains(house(type))
        && type.getSimpleName().startsWith("Vector");
  }

  @Test
  void imageReadersAreOnlyInImage() {
    onlyIn(Set.of("image"), "javax.imageio..", "java.awt..");
  }

  /**
   * The JDK's JPEG reader is native code, another on each JDK: whoever asks ImageIO for whatever
   * reads a picture would get it.
   */
  @Test
  void theJpegReaderOfTheJdkIsNotUsed() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "asks ImageIO for a reader",
                (JavaMethodCall call) ->
                    call.getTargetOwner().getName().equals("javax.imageio.ImageIO")
                        && Pattern.matches("read|getImageReader.*", call.getName())))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.imageio..", "javax.imageio.plugins.jpeg..")
        .check(CLASSES);
    assertThat(Reader.values()).extracting(Reader::name).containsExactly("PNG");
  }

  @Test
  void sparkAndHadoopAreOnlyInTheirRooms() {
    Set<String> rooms = Set.of("shims", "job", "report", "search", "fit", "learn", "cli");
    onlyIn(rooms, "org.apache.spark..", "org.apache.hadoop..", "scala..");
  }

  /**
   * A BLAS takes what the machine has, a native library or vectors, and its sums vary with that.
   */
  @Test
  void nothingThatIsPromisedToRepeatComesFromABlas() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.ludovic.netlib.blas..",
            "breeze..",
            "org.apache.spark.ml.classification..",
            "org.apache.spark.ml.clustering..",
            "org.apache.spark.mllib..")
        .check(CLASSES);
  }

  /** The jar for Spark 3.5 is compiled against Scala 2.12, which has no such package. */
  @Test
  void scalasCollectionsCrossOverInOnePlace() {
    noClasses().should().dependOnClassesThat().resideInAPackage("scala.jdk..").check(CLASSES);
  }

  @Test
  void theCommandLineParserIsOnlyInCli() {
    onlyIn(Set.of("cli"), "picocli..");
  }

  @Test
  void pageTemplatesAreOnlyInPage() {
    onlyIn(Set.of("page"), "gg.jte..");
  }

  @Test
  void onlyCliPrintsOrExits() {
    noClasses()
        .that(describe("are outside cli", type -> !house(type).equals("cli")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  /**
   * Where the language has digits or letters of its own, a file name made of numbers would be
   * another. What has a twin with a locale is called by that.
   */
  @Test
  void nothingDependsOnTheLanguageOfTheMachine() {
    classes().should(nameALocaleWhereTextIsMade()).check(CLASSES);
  }

  private static ArchCondition<JavaClass> nameALocaleWhereTextIsMade() {
    return new ArchCondition<>("pass Locale.ROOT where text is made or its case is changed") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        origin.getAccessesFromSelf().stream()
            .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget)
            .filter(access -> dependsOnLanguage((CodeUnitAccessTarget) access.getTarget()))
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.violated(access, access.getDescription())));
      }
    };
  }

  private static boolean dependsOnLanguage(CodeUnitAccessTarget called) {
    Set<String> methods = OF_THE_LANGUAGE.getOrDefault(called.getOwner().getName(), Set.of());
    return methods.contains(called.getName())
        && called.getRawParameterTypes().stream()
            .noneMatch(type -> type.getName().equals("java.util.Locale"));
  }

  @Test
  void everyRoomOfTheCodeIsInTheTable() {
    Set<String> rooms =
        CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toUnmodifiableSet());
    assertThat(rooms).isEqualTo(ROOMS.keySet());
  }

  private static void onlyIn(Set<String> rooms, String... packages) {
    noClasses()
        .that(describe("are outside " + rooms, type -> !rooms.contains(house(type))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> knowOnlyTheRoomsOfTheTable() {
    return new ArchCondition<>("know only the rooms of the table") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        String room = room(origin);
        Set<String> known = ROOMS.getOrDefault(room, Set.of());
        origin.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(dependency -> !room(dependency.getTargetClass()).equals(room))
            .filter(dependency -> !known.contains(room(dependency.getTargetClass())))
            .forEach(
                dependency ->
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }

  private static Map<String, Set<String>> table(String lines) {
    return lines
        .lines()
        .map(line -> line.split(":\\s*", 2))
        .collect(
            Collectors.toUnmodifiableMap(
                line -> line[0],
                line -> line[1].isEmpty() ? Set.of() : Set.of(line[1].split("\\s+"))));
  }

  /** The package without the root, such as {@code nn.run}; what templates become is in theirs. */
  private static String room(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.equals("page.template") ? "page" : rest;
  }

  /** The room that this one is within, such as {@code nn} for {@code nn.run}. */
  private static String house(JavaClass type) {
    String room = room(type);
    int dot = room.indexOf('.');
    return dot < 0 ? room : room.substring(0, dot);
  }
}
