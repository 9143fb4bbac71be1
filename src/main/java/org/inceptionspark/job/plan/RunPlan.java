package org.inceptionspark.job.plan;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.NoImagesException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.job.table.TableCommits;
import org.inceptionspark.job.table.TableCommits.Way;

/**
 * What a run labels. The images of a source are counted, compared with the table, cut at the limit,
 * and split in two: images with a row that may have to give way are found once and labelled after
 * the others, so that they do not slow down the new ones. Closes the source.
 */
public final class RunPlan implements AutoCloseable {
  private final ImageSource images;
  private final Selection selection;
  private final String model;
  private final List<PersistedDataset> kept = new ArrayList<>();
  private Dataset<Row> selected;
  private Totals found;
  private Totals totals;
  private Optional<Dataset<Row>> held = Optional.empty();

  /**
   * Some of the images that a run labels.
   *
   * @param images with the columns of {@link SourceImage#LISTED}; at least one
   */
  public record Part(Dataset<Row> images, Totals totals, Way way) {
    /** Other images of it. */
    public Part with(Dataset<Row> others, Totals howMany) {
      return new Part(others, howMany, way);
    }
  }

  private RunPlan(ImageSource images, Selection selection, String model) {
    this.images = images;
    this.selection = selection;
    this.model = model;
  }

  /**
   * Lists.
   *
   * @param model fingerprint
   * @param table whose rows a source may treat as known
   * @throws NoImagesException if there are no images
   */
  public static RunPlan list(
      ImageSource images, Selection selection, String model, LabelsTable table) throws IOException {
    RunPlan plan = new RunPlan(images, selection, model);
    try {
      plan.count(images.rows(plan.known(table)));
      return plan;
    } catch (Throwable e) { // Spark throws undeclared checked exceptions
      plan.close();
      throw e;
    }
  }

  private void count(Dataset<Row> listed) {
    selected = keep(listed);
    found = Totals.of(selected);
    totals = found;
    if (found.objects() == 0) {
      throw new NoImagesException(
          "no images in the input: nothing there, or no name fits" + inWords(images.passedOver()));
    }
  }

  /** Known versions that a night looking for new images can skip. */
  private Optional<Dataset<Row>> known(LabelsTable table) throws IOException {
    return relabel() == Relabel.NONE
        ? table
            .held()
            .map(
                rows ->
                    rows.where(col("model").equalTo(model))
                        .where(ExistingRows.isFinal())
                        .selectExpr(SourceImage.VERSION.fieldNames()))
        : Optional.empty();
  }

  private static String inWords(PassedOver passedOver) {
    return passedOver.names().entrySet().stream()
        .map(found -> "; passed over: " + found.getKey().inWords(found.getValue()))
        .collect(Collectors.joining());
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    PersistedDataset persisted = PersistedDataset.of(rows);
    kept.add(persisted);
    return persisted.rows();
  }

  /** Leaves out what the table holds. */
  public void compare(Optional<Dataset<Row>> rowsHeld) {
    held = rowsHeld;
    Dataset<Row> listed = selected;
    selected = keep(new NightPlan(listed, held, model).select(selection));
    totals = selected == listed ? found : Totals.of(selected);
  }

  /** The table's rows; empty if they are of no use. */
  public Optional<Dataset<Row>> held() {
    return held.filter(rows -> relabel().mayReuse());
  }

  public ImageSource images() {
    return images;
  }

  public Relabel relabel() {
    return selection.relabel();
  }

  public Totals found() {
    return found;
  }

  public long skipped() {
    return found.objects() - totals.objects();
  }

  /** To label, before the limit. */
  public Totals totals() {
    return totals;
  }

  Dataset<Row> selected() {
    return selected;
  }

  /** To label, after the limit. */
  long limited() {
    return selection.limited(totals.objects());
  }

  public PassedOver passedOver() {
    return images.passedOver();
  }

  public boolean isEmpty() {
    return totals.objects() == 0;
  }

  /** Takes the first; those beyond the limit cost nothing else. */
  public void limit() {
    long wanted = limited();
    if (wanted < totals.objects()) {
      selected = keep(first(wanted));
      totals = Totals.of(selected);
    }
  }

  /** By path, however many; of the versions of the last path, any. */
  private Dataset<Row> first(long wanted) {
    Column path = col(SourceImage.PATH);
    RankedPlaces places =
        RankedPlaces.of(selected, path, totals.objects(), RankedPlaces.ROWS_OF_A_TASK);
    String end = places.at(List.of(wanted)).get(0);
    Dataset<Row> before = selected.where(path.lt(end));
    long more = wanted - before.count();
    return more == 0
        ? before
        : before.union(selected.where(path.equalTo(end)).limit(Math.toIntExact(more)));
  }

  /**
   * To be called before the table changes; the result does not depend on rows that this run
   * replaces.
   */
  public List<Part> parts(TableCommits commits) throws IOException {
    Optional<PersistedDataset> earlier = commits.replaceable(selected);
    if (earlier.isEmpty()) {
      return List.of(new Part(selected, totals, Way.ADDED));
    }
    try (PersistedDataset rows = earlier.get()) {
      return parts(commits, rows.rows());
    }
  }

  private List<Part> parts(TableCommits commits, Dataset<Row> earlier) throws IOException {
    Dataset<Row> again = commits.materialised(versions(earlier, "left_semi"), "again");
    Dataset<Row> fresh = commits.materialised(versions(earlier, "left_anti"), "new");
    Totals ofAgain = Totals.of(again);
    List<Part> parts = new ArrayList<>();
    if (ofAgain.objects() < totals.objects()) {
      parts.add(new Part(fresh, totals.without(ofAgain), Way.ADDED));
    }
    parts.add(new Part(again, ofAgain, Way.REPLACING));
    return parts;
  }

  private Dataset<Row> versions(Dataset<Row> rows, String kind) {
    return selected.as("o").join(rows.as("r"), ExistingRows.sameVersion(), kind);
  }

  @Override
  public void close() {
    kept.forEach(PersistedDataset::close);
    images.close();
  }
}
