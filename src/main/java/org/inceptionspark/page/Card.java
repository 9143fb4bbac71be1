package org.inceptionspark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.image.core.EncodedImage;

/**
 * A thumbnail with text. Created by {@link #of} or {@link #without}, then extended.
 *
 * @param picture the thumbnail, if there is one
 * @param alternative what the picture shows, or why there is none
 * @param below a second picture under the first, if there is one
 * @param title in bold, or empty
 * @param score similarity or probability, if there is one
 * @param lines below, in their order
 * @param place of the image, under the lines, if known
 */
public record Card(
    Optional<EncodedImage> picture,
    String alternative,
    Optional<Below> below,
    String title,
    Optional<Score> score,
    List<String> lines,
    Optional<Place> place) {

  /**
   * A number with a bar.
   *
   * @param shown the number as text
   * @param share of the bar that is full, 0 to 1
   */
  public record Score(String shown, double share) {
    /** The length of the bar in hundredths. */
    public double length() {
      return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100.0;
    }
  }

  /** A second picture and what it shows. */
  public record Below(EncodedImage picture, String alternative) {
    /** The picture as the page holds it. */
    public String uri() {
      return DataUri.of(picture);
    }
  }

  public Card {
    lines = List.copyOf(lines);
  }

  /** A card with a picture. */
  public static Card of(EncodedImage picture, String alternative) {
    return new Card(
        Optional.of(picture),
        alternative,
        Optional.empty(),
        "",
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** A card without its picture, with the reason in its place. */
  public static Card without(String reason) {
    return new Card(
        Optional.empty(),
        reason,
        Optional.empty(),
        "",
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same card with a second picture of the same size under the first. */
  public Card below(EncodedImage second, String shows) {
    Optional<Below> both = Optional.of(new Below(second, shows));
    return new Card(picture, alternative, both, title, score, lines, place);
  }

  public Card titled(String words) {
    return new Card(picture, alternative, below, words, score, lines, place);
  }

  public Card scored(String shown, double share) {
    return new Card(
        picture, alternative, below, title, Optional.of(new Score(shown, share)), lines, place);
  }

  /** The same card with one more line. */
  public Card line(String words) {
    List<String> more = new ArrayList<>(lines);
    more.add(words);
    return new Card(picture, alternative, below, title, score, more, place);
  }

  /** The same card with the URI of the image, under all lines. */
  public Card at(String uri) {
    Optional<Place> told = Optional.of(new Place(uri));
    return new Card(picture, alternative, below, title, score, lines, told);
  }

  /** The picture as the page holds it. */
  public String uri() {
    return DataUri.of(picture.orElseThrow());
  }
}
