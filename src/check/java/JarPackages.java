import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Fails the build if a jar for spark-submit holds classes that a Spark or its site has too: which of two the JVM loads would be a matter of luck. Usage: java JarPackages.java JAR PACKAGE...
 */
final class JarPackages {
  private static final String VERSIONS = "META-INF/versions/";

  private JarPackages() {}

  public static void main(String[] args) throws IOException {
    List<String> allowed = List.of(args).subList(1, args.length);
    TreeSet<String> strange = new TreeSet<>();
    try (JarFile jar = new JarFile(args[0])) {
      classes(jar)
          .filter(name -> allowed.stream().noneMatch(root -> name.startsWith(root + "/")))
          .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))))
          .forEach(strange::add);
      if (classes(jar).findAny().isEmpty()) {
        strange.add("nothing at all");
      }
    }
    if (!strange.isEmpty()) {
      System.err.println(
          args[0] + " holds packages that are not ours to bring: " + String.join(", ", strange)
              + "; relocate them or leave them out, in the shade plugin's part of pom.xml");
      System.exit(1);
    }
  }

  /** Also those for newer versions of Java, under their names. */
  private static Stream<String> classes(JarFile jar) {
    return jar.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.endsWith(".class"))
        .map(
            name ->
                name.startsWith(VERSIONS)
                    ? name.substring(name.indexOf('/', VERSIONS.length()) + 1)
                    : name);
  }
}
