package org.inceptionspark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The rooms: which package may know which, and where the outside world may come in. CONTRIBUTING.md
 * has the same table with what each room is for.
 */
class ArchitectureTest {
  private static final String ROOT = "org.inceptionspark.";

  /** Each room with the rooms it may import from. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("tensor", Set.of()),
          Map.entry("kernels", Set.of()),
          Map.entry("nn", Set.of("tensor", "kernels")),
          Map.entry("inception", Set.of("tensor", "nn")),
          Map.entry("weights", Set.of("tensor")),
          Map.entry("image", Set.of("tensor")),
          Map.entry("page", Set.of("image")),
          Map.entry("labels", Set.of()),
          Map.entry(
              "labeler",
              Set.of("tensor", "kernels", "nn", "inception", "weights", "image", "labels")),
          Map.entry("job", Set.of("kernels", "weights", "image", "labels", "labeler", "page")),
          Map.entry("report", Set.of("image", "labels", "labeler", "job", "page")),
          Map.entry("search", Set.of("weights", "labels", "labeler", "job", "page", "image")),
          Map.entry(
              "learn", Set.of("tensor", "weights", "labels", "labeler", "job", "page", "image")),
          Map.entry(
              "cli",
              Set.of(
                  "weights", "image", "labels", "labeler", "job", "report", "search", "learn",
                  "page")));

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
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theVectorApiIsOnlyInKernelsAndTheVectorClassesOfSearch() {
    noClasses()
        .that(describe("are outside kernels", type -> !room(type).equals("kernels")))
        .and(describe("are no vector class of search", type -> !isVectorClassOfSearch(type)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  private static boolean isVectorClassOfSearch(JavaClass type) {
    return room(type).equals("search") && type.getSimpleName().startsWith("Vector");
  }

  @Test
  void imageReadersAreOnlyInImage() {
    onlyIn(Set.of("image"), "javax.imageio..", "java.awt..", "com.twelvemonkeys..");
  }

  @Test
  void sparkAndHadoopAreOnlyInTheirRooms() {
    Set<String> rooms = Set.of("job", "report", "search", "learn", "cli");
    onlyIn(rooms, "org.apache.spark..", "org.apache.hadoop..", "scala..");
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
        .that(describe("are outside cli", type -> !room(type).equals("cli")))
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

  @Test
  void everyRoomOfTheCodeIsInTheTable() {
    Set<String> rooms =
        CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toUnmodifiableSet());
    assertThat(ROOMS.keySet()).containsAll(rooms);
    assertThat(rooms).contains("tensor", "kernels", "nn", "labeler");
  }

  private static void onlyIn(Set<String> rooms, String... packages) {
    noClasses()
        .that(describe("are outside " + rooms, type -> !rooms.contains(room(type))))
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

  /**
   * The part of the package after the root, such as {@code nn} for {@code
   * org.inceptionspark.nn.run}.
   */
  private static String room(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
