package org.inceptionspark.shims;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.IndexedSeq;

/** An expression written in Java, without the collections of one Scala version. */
public abstract class JavaExpression extends Expression {
  private static final long serialVersionUID = 1L;

  /** The same with other children, as many. */
  protected abstract Expression withChildren(List<Expression> children);

  @Override
  public final Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return withChildren(ScalaCollections.list(children));
  }
}
