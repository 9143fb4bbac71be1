package org.inceptionspark.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;

/**
 * Headless Chromium. Where there is none the test is skipped and says how to get one; under CI,
 * where {@code .ci/run} installs it, the test fails instead.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start()) {
 *   View phone = browser.open(html, Screen.PHONE);
 *   phone.screenshot(Path.of("target/screenshots/search-phone.png"));
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final Path directory;
  private final Protocol protocol;

  private Browser(Process process, Path directory, Protocol protocol) {
    this.process = process;
    this.directory = directory;
    this.protocol = protocol;
  }

  /** Starts a browser of its own, with no memory of others. */
  public static Browser start() throws Exception {
    Path directory = Files.createTempDirectory("browser");
    Process process =
        new ProcessBuilder(
                program(),
                "--headless",
                // As root, as in most containers, Chromium has no sandbox of its own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory.resolve("profile"),
                "about:blank")
            .redirectErrorStream(true)
            .start();
    return new Browser(process, directory, Protocol.connect(address(process)));
  }

  /** The page on a screen of this size, loaded and laid out. */
  public View open(String html, Screen screen) throws Exception {
    Path file = Files.createTempFile(directory, "page", ".html");
    Files.writeString(file, html, StandardCharsets.UTF_8);
    return open(file, screen);
  }

  /** The same of a page that a command wrote. */
  public View open(Path file, Screen screen) throws Exception {
    JsonNode target = protocol.call("", "Target.createTarget", Map.of("url", "about:blank"));
    Map<String, Object> attach =
        Map.of("targetId", target.path("targetId").asText(), "flatten", true);
    String session = protocol.call("", "Target.attachToTarget", attach).path("sessionId").asText();
    return View.load(protocol, session, file.toUri(), screen);
  }

  @Override
  public void close() throws Exception {
    protocol.close();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    for (ProcessHandle one : all) {
      one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join();
      one.destroyForcibly();
    }
    // What has left the family, as the reporter of crashes does, may still write here.
    FileUtils.deleteQuietly(directory.toFile());
  }

  private static String program() {
    Optional<String> found =
        Stream.of("chromium", "chromium-browser", "google-chrome", "chrome-headless-shell")
            .flatMap(
                name ->
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    String advice = "no Chromium on the PATH; on Debian: apt-get install chromium";
    if (System.getenv("CI") != null) {
      assertThat(found).as(advice).isPresent();
    }
    Assumptions.assumeTrue(found.isPresent(), advice);
    return found.get();
  }

  private static String address(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IOException("Chromium ended before it could be talked to:\n" + said);
  }
}
