package org.inceptionspark.labeler;

import java.util.List;
import java.util.Locale;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.draw.HeatMap;
import org.inceptionspark.image.draw.HeatMapPoster;
import org.inceptionspark.labeler.ActivationMap.Head;
import org.inceptionspark.labels.Label;

/**
 * Why an image got, or did not get, a label.
 *
 * @param result everything that the labeler says about the image
 * @param label the class that is explained
 * @param map what each place adds to its logit
 * @param picture upright
 * @param heat the map positioned on the picture
 */
public record Explanation(
    LabelResult result, Label label, ActivationMap map, RgbImage picture, HeatMap heat) {

  /** The logit of the class, as the network gave it. */
  public float logit() {
    return result.logits()[label.index()];
  }

  /** The picture under its heat map, with no side longer than this, for a page. */
  public EncodedImage thumbnail(int longest) {
    RgbImage small = Thumbnail.fitted(picture, longest);
    HeatMap onSmall = heat.scaled((double) small.width() / picture.width());
    return Thumbnail.of(onSmall.over(small), longest);
  }

  /** The same with a title and the scale, as a PNG file. */
  public EncodedImage poster() {
    String sum =
        String.format(
            Locale.ROOT,
            "logit %.3f = places %.3f + bias %.3f%s",
            logit(),
            map.logit() - map.bias(),
            map.bias(),
            map.head() == Head.PIECEWISE_LINEAR ? ", through the active units" : "");
    String title = String.format(Locale.ROOT, "%s  %.4f", label.label(), label.probability());
    int places = map.contributions().length;
    String scale = "added to the logit by each of " + places + " places; line: half of the most";
    return new HeatMapPoster(title, List.of(sum), scale).draw(picture, heat);
  }
}
