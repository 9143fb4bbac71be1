package org.inceptionspark.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One HTML page that needs nothing else: no network, no script, no file beside it. It reads well on
 * a phone, in dark mode, on paper and without colour. All text is escaped by the templates, so any
 * path, label or message may be given as it is.
 *
 * <pre>{@code
 * EncodedImage small = Thumbnail.of(decoded.pixels(), Thumbnail.CARD);
 * Card card = Card.of(small, "a photograph").titled("chelsea.jpg").scored("0.9996", 0.9996)
 *     .line("tabby").at("s3a://bucket/photos/chelsea.jpg");
 *
 * String html = Page.titled("Neighbours of chelsea.jpg")
 *     .lead("10 of 1,000,000 images, by cosine similarity")
 *     .section("Neighbours", new Cards(List.of(card)))
 *     .section("Counts", Bars.of("images by label", List.of(Bar.of("tabby", 12, "12"))))
 *     .html();
 * }</pre>
 *
 * @param title of the window and the page
 * @param leads sentences under the title
 * @param sections in their order
 */
public record Page(String title, List<String> leads, List<Section> sections) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Page.class.getClassLoader(), "org.inceptionspark.page.template");
  private static final String STYLESHEET = stylesheet("page.css");

  /** Characters that neither HTML nor XML allows in text. */
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]");

  /** A heading and the blocks under it. */
  public record Section(String heading, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }
  }

  public Page {
    leads = List.copyOf(leads);
    sections = List.copyOf(sections);
  }

  /** An empty page. */
  public static Page titled(String title) {
    return new Page(title, List.of(), List.of());
  }

  /** The same page with one more sentence under the title. */
  public Page lead(String sentence) {
    return new Page(title, with(leads, sentence), sections);
  }

  /** The same page with one more section. */
  public Page section(String heading, Block... blocks) {
    return section(heading, List.of(blocks));
  }

  /** The same page with one more section. */
  public Page section(String heading, List<? extends Block> blocks) {
    return new Page(title, leads, with(sections, new Section(heading, List.copyOf(blocks))));
  }

  /** The whole page; to be written in UTF-8. */
  public String html() {
    StringOutput out = new StringOutput();
    TEMPLATES.render("page.jte", this, out);
    return CONTROLS.matcher(out.toString()).replaceAll("\uFFFD");
  }

  /** The embedded style sheet. */
  public String stylesheet() {
    return STYLESHEET;
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static String stylesheet(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
