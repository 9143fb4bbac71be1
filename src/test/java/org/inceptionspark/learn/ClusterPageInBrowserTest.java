package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.browser.Browser;
import org.inceptionspark.browser.Screen;
import org.inceptionspark.browser.View;
import org.inceptionspark.learn.Cluster.Group;
import org.inceptionspark.learn.Cluster.LabelCount;
import org.inceptionspark.learn.Cluster.Member;
import org.inceptionspark.learn.Cluster.Point;
import org.junit.jupiter.api.Test;

/** Map and contact sheets in a real browser. */
class ClusterPageInBrowserTest {

  private static Member photograph(String name) {
    return new Member(Path.of("src/quickstart/photos", name).toUri().toString(), 0.25);
  }

  private static Cluster.Result clusters() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      double angle = i * 0.7;
      points.add(new Point(i + ".jpg", i % 9, 3 * i % 9 + Math.cos(angle), Math.sin(angle)));
    }
    return new Cluster.Result(
        64,
        List.of(
            new Group(
                0,
                40,
                List.of(new LabelCount("neutral", 39), new LabelCount("drawing", 1)),
                List.of(photograph("dogs.jpg"), photograph("chelsea.jpg")),
                List.of("drawing")),
            new Group(
                1,
                24,
                List.of(),
                List.of(photograph("china.jpg"), photograph("no.jpg")),
                List.of())),
        points,
        new double[] {0.4, 0.2},
        null);
  }

  @Test
  void readsOnADeskAndOnAPhone() throws Exception {
    String html = new ClusterPage(new Configuration()).html("s3a://bucket/labels", clusters());
    try (Browser browser = Browser.start()) {
      for (Screen screen : Screen.values()) {
        View view = browser.open(html, screen);
        assertThat(view.overhang()).as("pixels beyond the right edge, %s", screen).isZero();
        assertThat(view.brokenPictures()).isZero();
        assertThat(view.leastContrast()).as("contrast, %s", screen).isGreaterThanOrEqualTo(4.5);
        assertThat(view.requests()).as("requests").isEmpty();
        assertThat(view.complaints()).isEmpty();
      }
    }
  }
}
