package org.inceptionspark.search.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.shims.ScalaCollections;
import scala.collection.Seq;

/** The functions that this project adds to SQL, under their names in SQL. */
public enum SqlFunction {
  VECTOR_COSINE_SIMILARITY(
      VectorFunctions.class,
      "cosineSimilarity",
      DataTypes.FloatType,
      List.of(LabelTable.FLOATS, LabelTable.FLOATS),
      "(array1, array2) - Returns the cosine similarity of two float vectors of one length.",
      "(array(1.0F, 2.0F, 3.0F), array(4.0F, 5.0F, 6.0F));\n       0.97463185"),
  VECTOR_INNER_PRODUCT(
      VectorFunctions.class,
      "innerProduct",
      DataTypes.FloatType,
      List.of(LabelTable.FLOATS, LabelTable.FLOATS),
      "(array1, array2) - Returns the inner product of two float vectors of one length.",
      "(array(1.0F, 2.0F, 3.0F), array(4.0F, 5.0F, 6.0F));\n       32.0"),
  VECTOR_L2_DISTANCE(
      VectorFunctions.class,
      "l2Distance",
      DataTypes.FloatType,
      List.of(LabelTable.FLOATS, LabelTable.FLOATS),
      "(array1, array2) - Returns the Euclidean distance of two float vectors of one length.",
      "(array(1.0F, 2.0F, 3.0F), array(4.0F, 5.0F, 6.0F));\n       5.196152"),
  VECTOR_NORM(
      VectorFunctions.class,
      "norm",
      DataTypes.FloatType,
      List.of(LabelTable.FLOATS, DataTypes.FloatType),
      "(vector[, degree]) - Returns the norm of a float vector; degree 1.0F, 2.0F (default) or"
          + " float('inf').",
      "(array(3.0F, 4.0F));\n       5.0"),
  VECTOR_NORMALIZE(
      VectorFunctions.class,
      "normalize",
      LabelTable.FLOATS,
      List.of(LabelTable.FLOATS, DataTypes.FloatType),
      "(vector[, degree]) - Returns a float vector divided by its norm; degree 1.0F, 2.0F"
          + " (default) or float('inf').",
      "(array(3.0F, 4.0F));\n       [0.6,0.8]"),
  SOFTMAX(
      LabelFunctions.class,
      "softmax",
      LabelTable.FLOATS,
      List.of(LabelTable.FLOATS),
      "(logits) - Returns the probabilities of logits.",
      "(array(1.0F, 1.0F));\n       [0.5,0.5]"),
  TOP_LABELS(
      LabelFunctions.class,
      "topLabels",
      LabelTable.LABELS,
      List.of(LabelTable.FLOATS, DataTypes.IntegerType),
      "(logits, k) - Returns the k most probable labels, best first.",
      "(array(1.0F, 2.0F), 1);\n       [{\"index\":1,\"label\":\"1\",\"probability\":0.7310586}]",
      SessionLabels::optional),
  LABEL_NAME(
      LabelFunctions.class,
      "labelName",
      DataTypes.StringType,
      List.of(DataTypes.IntegerType),
      "(i) - Returns the name of class i; names are those of " + SessionLabels.SETTING + ".",
      "(282);\n       tabby",
      SessionLabels::required),
  LOGITS_OF(
      ModelFunctions.class,
      "logitsOf",
      LabelTable.FLOATS,
      List.of(LabelTable.FLOATS),
      "(prelogits) - Returns the logits of an embedding by the last layer of "
          + SessionModel.HEAD
          + " or else "
          + SessionModel.WEIGHTS
          + ".",
      "(prelogits)[0] FROM labels_latest LIMIT 1;\n       2.5120192",
      SessionClassifier::required),
  LABEL_IMAGE(
      ModelFunctions.class,
      "labelImage",
      ModelFunctions.RESULT,
      List.of(DataTypes.BinaryType),
      "(bytes) - Returns labels, logits and embedding of an image by the model of "
          + SessionModel.WEIGHTS
          + ", or its error.",
      "(content).top[0].label FROM binaryFile.`photos`;\n       neutral",
      SessionModel::required);

  private static final Literal DEGREE = new Literal(2.0f, DataTypes.FloatType);

  private final Class<?> home;
  private final String method;
  private final DataType result;
  private final List<DataType> parameters;
  private final String usage;
  private final String example;
  private final Supplier<Object> binding;

  SqlFunction(
      Class<?> home,
      String method,
      DataType result,
      List<DataType> parameters,
      String usage,
      String example) {
    this(home, method, result, parameters, usage, example, () -> null);
  }

  /**
   * @param binding the method's first argument, from the session; null for none
   */
  SqlFunction(
      Class<?> home,
      String method,
      DataType result,
      List<DataType> parameters,
      String usage,
      String example,
      Supplier<Object> binding) {
    this.home = home;
    this.method = method;
    this.result = result;
    this.parameters = parameters;
    this.usage = usage;
    this.example = example;
    this.binding = binding;
  }

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class of {@link #method}. */
  Class<?> home() {
    return home;
  }

  String method() {
    return method;
  }

  DataType result() {
    return result;
  }

  List<DataType> parameters() {
    return parameters;
  }

  /** The text for {@code DESCRIBE FUNCTION EXTENDED}. */
  public ExpressionInfo info() {
    return new ExpressionInfo(
        home.getName(),
        null,
        sqlName(),
        "_FUNC_" + usage,
        "",
        "\n    Examples:\n      > SELECT _FUNC_" + example + "\n  ",
        "",
        "misc_funcs",
        "",
        "",
        "built-in");
  }

  /** A call in a query of the active session. */
  public Expression call(Seq<Expression> arguments) {
    return new FunctionCall(this, binding.get(), withDefaults(arguments));
  }

  private List<Expression> withDefaults(Seq<Expression> arguments) {
    List<Expression> all = ScalaCollections.list(arguments);
    boolean optionalDegree = this == VECTOR_NORM || this == VECTOR_NORMALIZE;
    if (optionalDegree && all.size() == parameters.size() - 1) {
      all.add(DEGREE);
    }
    if (all.size() != parameters.size()) {
      throw wrongNumber(arguments.length(), optionalDegree);
    }
    return all;
  }

  private RuntimeException wrongNumber(int found, boolean optionalDegree) {
    List<Object> valid = new ArrayList<>(List.of(parameters.size()));
    if (optionalDegree) {
      valid.add(0, parameters.size() - 1);
    }
    return sneaky(
        QueryCompilationErrors.wrongNumArgsError(
            sqlName(), ScalaCollections.seq(valid), found, "", "", ""));
  }

  /** Spark's analysis errors are checked exceptions that Scala throws undeclared. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
