package org.inceptionspark.search.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataType;
import org.inceptionspark.shims.JavaExpression;
import org.inceptionspark.shims.ScalaCollections;
import org.inceptionspark.shims.SparkLine;
import scala.collection.immutable.Seq;

/**
 * A call of one of our functions in a query. Plans show it under its SQL name; it runs as a static
 * method, inside whole-stage generated code. Null arguments give null. Arguments must have the
 * declared types: nothing is cast.
 */
final class FunctionCall extends JavaExpression implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String[] ORDINALS = {"first", "second", "third"};

  private final SqlFunction function;
  private final Object bound;
  private final List<Expression> arguments;
  private transient StaticInvoke invocation;

  /**
   * @param bound the method's first argument, from the session rather than the query; null if it
   *     takes none
   */
  FunctionCall(SqlFunction function, Object bound, List<Expression> arguments) {
    this.function = function;
    this.bound = bound;
    this.arguments = List.copyOf(arguments);
  }

  boolean isOf(SqlFunction other) {
    return function == other;
  }

  private StaticInvoke invocation() {
    if (invocation == null) {
      List<Expression> all = new ArrayList<>();
      if (bound != null) {
        all.add(Literal.fromObject(bound));
      }
      all.addAll(arguments);
      invocation =
          SparkLine.staticInvoke(function.home(), function.result(), function.method(), all);
    }
    return invocation;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    for (int i = 0; i < arguments.size(); i++) {
      DataType needed = function.parameters().get(i);
      if (!DataType.equalsIgnoreNullability(needed, arguments.get(i).dataType())) {
        return mismatch(i, needed, arguments.get(i));
      }
    }
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }

  private static TypeCheckResult mismatch(int index, DataType needed, Expression found) {
    Map<String, String> words =
        Map.of(
            "paramIndex", ORDINALS[index],
            "requiredType", quoted(needed.sql()),
            "inputSql", quoted(found.sql()),
            "inputType", quoted(found.dataType().sql()));
    return new TypeCheckResult.DataTypeMismatch(
        "UNEXPECTED_INPUT_TYPE", ScalaCollections.map(words));
  }

  private static String quoted(String sql) {
    return '"' + sql + '"';
  }

  @Override
  public DataType dataType() {
    return function.result();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public Object eval(InternalRow row) {
    return invocation().eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return invocation().doGenCode(context, code);
  }

  @Override
  public Seq<Expression> children() {
    return ScalaCollections.seq(arguments);
  }

  @Override
  protected Expression withChildren(List<Expression> children) {
    return new FunctionCall(function, bound, children);
  }

  @Override
  public String prettyName() {
    return function.sqlName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionCall call
        && function == call.function
        && Objects.equals(bound, call.bound)
        && arguments.equals(call.arguments);
  }

  @Override
  public int hashCode() {
    return Objects.hash(function, arguments);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FunctionCall;
  }

  /** The text in the parentheses of plans. */
  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return ScalaCollections.seq(arguments);
  }
}
