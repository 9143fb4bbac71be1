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
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of one of our functions in a query. Plans show it by the name that the user wrote; it runs
 * as a static method, inside whole-stage generated code. Null arguments give null. Arguments must
 * have the declared types: nothing is cast.
 */
final class FunctionCall extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String[] ORDINALS = {"first", "second", "third"};

  private final SqlFunction function;
  private final Object bound;
  private final Seq<Expression> arguments;
  private transient StaticInvoke invocation;

  /**
   * @param bound the method's first argument, from the session and not from the query; null if it
   *     takes none
   */
  FunctionCall(SqlFunction function, Object bound, Seq<Expression> arguments) {
    this.function = function;
    this.bound = bound;
    this.arguments = arguments;
  }

  private StaticInvoke invocation() {
    if (invocation == null) {
      List<Expression> all = new ArrayList<>();
      if (bound != null) {
        all.add(Literal.fromObject(bound));
      }
      all.addAll(CollectionConverters.asJava(arguments));
      Seq<AbstractDataType> noCasts = sequence(List.of());
      invocation =
          new StaticInvoke(
              function.home(),
              function.result(),
              function.method(),
              sequence(all),
              noCasts,
              true,
              true,
              true,
              Option.empty());
    }
    return invocation;
  }

  private static <T> Seq<T> sequence(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    List<Expression> found = CollectionConverters.asJava(arguments);
    for (int i = 0; i < found.size(); i++) {
      DataType needed = function.parameters().get(i);
      if (!DataType.equalsIgnoreNullability(needed, found.get(i).dataType())) {
        return mismatch(i, needed, found.get(i));
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
        "UNEXPECTED_INPUT_TYPE", Map$.MODULE$.from(CollectionConverters.asScala(words)));
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
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
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

  /** What plans print in the parentheses. */
  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return arguments;
  }
}
