package org.inceptionspark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/**
 * What every page promises, checked with the strictest parser there is: pages are well-formed XML
 * too.
 */
public final class SelfContained {
  /** All attributes by which HTML and SVG bring something in or send something out. */
  private static final List<String> REFERENCES =
      List.of("src", "srcset", "href", "xlink:href", "data", "action", "poster", "background");

  private static final Pattern STYLE_REFERENCE = Pattern.compile("url\\(|@import|image-set\\(");

  private SelfContained() {}

  /** The page's elements, after checking that it brings in nothing and runs nothing. */
  public static Document check(String html) {
    Document page = parse(html);
    assertThat(elements(page, "script")).as("scripts").isEmpty();
    assertThat(elements(page, "a"))
        .as("links, which bring nothing in until a person follows them")
        .allSatisfy(a -> assertThat(a.getAttribute("href")).matches("(file|https?):\\S+"));
    assertThat(
            elements(page, "*").stream()
                .filter(element -> !element.getTagName().equals("a"))
                .flatMap(SelfContained::attributes))
        .as("attributes that refer to something")
        .filteredOn(attribute -> REFERENCES.contains(attribute.getName()))
        .allSatisfy(
            attribute -> assertThat(attribute.getValue()).matches("(#|data:image/(png|jpeg);).*"));
    assertThat(elements(page, "*").stream().flatMap(SelfContained::attributes))
        .as("event handlers")
        .noneMatch(attribute -> attribute.getName().startsWith("on"));
    assertThat(STYLE_REFERENCE.matcher(elements(page, "style").get(0).getTextContent()).results())
        .as("references of the stylesheet")
        .extracting(MatchResult::group)
        .isEmpty();
    assertThat(elements(page, "img"))
        .allSatisfy(img -> assertThat(img.getAttribute("alt")).isNotBlank());
    return page;
  }

  /** All elements of this name, in their order. */
  public static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** The elements of this class, in their order. */
  public static List<Element> ofClass(Document page, String name) {
    return elements(page, "*").stream()
        .filter(element -> Arrays.asList(element.getAttribute("class").split(" ")).contains(name))
        .toList();
  }

  private static Stream<Attr> attributes(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    return IntStream.range(0, attributes.getLength()).mapToObj(i -> (Attr) attributes.item(i));
  }

  private static Document parse(String html) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError("page is not well-formed: " + e.getMessage(), e);
    }
  }
}
