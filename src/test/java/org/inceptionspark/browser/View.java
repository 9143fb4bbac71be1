package org.inceptionspark.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page as it looks on a screen. */
public final class View {
  /**
   * The least contrast (WCAG 2, relative luminance) between a text that is shown and what is behind
   * it.
   */
  private static final String CONTRAST =
      """
      (() => {
        const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
        const parts = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
        const behind = element => {
          for (let e = element; e; e = e.parentElement) {
            const colour = parts(getComputedStyle(e).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        const texts = [...document.body.querySelectorAll('*')].filter(e =>
            [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
        return Math.min(...texts.map(e => {
          const a = light(parts(getComputedStyle(e).color)), b = light(behind(e));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }));
      })()
      """;

  private final Protocol protocol;
  private final String session;

  private View(Protocol protocol, String session) {
    this.protocol = protocol;
    this.session = session;
  }

  static View load(Protocol protocol, String session, URI page, Screen screen) throws Exception {
    View view = new View(protocol, session);
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      view.call(domain + ".enable", Map.of());
    }
    view.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", screen.width,
            "height", screen.height,
            "deviceScaleFactor", screen.scale,
            "mobile", screen.width < 600));
    Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", screen.scheme);
    view.call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    view.call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    // Not asked of the page itself, which goes away under the question.
    String loader =
        view.call("Page.navigate", Map.of("url", page.toString())).path("loaderId").asText();
    protocol.await(
        session,
        "Page.lifecycleEvent",
        event ->
            event.path("loaderId").asText().equals(loader)
                && event.path("name").asText().equals("load"));
    return view;
  }

  /** The value of an expression of JavaScript in the page. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** The least contrast of any text, 1 to 21; 4.5 is what WCAG 2 asks at level AA. */
  public double leastContrast() throws Exception {
    return evaluate(CONTRAST).asDouble();
  }

  /**
   * How many CSS pixels of the page stick out to the right; people then have to scroll sideways.
   */
  public int overhang() throws Exception {
    return evaluate("(e => e.scrollWidth - e.clientWidth)(document.documentElement)").asInt();
  }

  /** Pictures that the browser could not show. */
  public int brokenPictures() throws Exception {
    return evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).length")
        .asInt();
  }

  /** Addresses that the browser asked for, beyond the page itself and what is inside it. */
  public List<String> requests() {
    return protocol.events(session, "Network.requestWillBeSent").stream()
        .filter(event -> !event.path("type").asText().equals("Document"))
        .map(event -> event.path("request").path("url").asText())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  /** What the browser complains about. */
  public List<String> complaints() {
    return Stream.of("Log.entryAdded", "Runtime.exceptionThrown")
        .flatMap(method -> protocol.events(session, method).stream())
        .map(JsonNode::toString)
        .toList();
  }

  /** The same page as it looks to someone who sees no colours. */
  public View withoutColour() throws Exception {
    call("Emulation.setEmulatedVisionDeficiency", Map.of("type", "achromatopsia"));
    return this;
  }

  /** The same page as it is printed. */
  public View printed() throws Exception {
    call("Emulation.setEmulatedMedia", Map.of("media", "print"));
    return this;
  }

  /** Writes the whole page from top to bottom as PNG. */
  public void screenshot(Path file) throws Exception {
    JsonNode size = call("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
    Map<String, Object> clip =
        Map.of(
            "x", 0,
            "y", 0,
            "width", size.path("width").asDouble(),
            "height", size.path("height").asDouble(),
            "scale", 1);
    JsonNode picture =
        call(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    return protocol.call(session, method, parameters);
  }
}
