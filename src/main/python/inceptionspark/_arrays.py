"""From a table's vectors to NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Tuple

if TYPE_CHECKING:
    import numpy
    import pyarrow
    from pyspark.sql import DataFrame


def embeddings(
    df: "DataFrame", vector: str = "prelogits", id: Optional[str] = "path"
) -> Tuple["numpy.ndarray", "numpy.ndarray"]:
    """Collects vectors through Arrow: no value becomes a Python object on the way.

    Rows are in the order of the table, without those that have no vector. The result must fit into this process
    (8 kB a row at full width) and below ``spark.driver.maxResultSize``: sample larger tables.

    :param df: a table, such as the result of :func:`labels`
    :param vector: column of ``array<float>``, ``array<double>``, or vectors of pyspark.ml, all of the same length
    :param id: column that identifies the rows; None numbers them from 0
    :returns: ids, an array of shape ``(rows,)``, and values, float32 of shape ``(rows, length)``, such as 2048
    :raises ValueError: if the vectors differ in length, or contain nulls
    """
    import numpy
    from pyspark.ml.functions import vector_to_array
    from pyspark.ml.linalg import VectorUDT
    from pyspark.sql import functions

    column = functions.col(vector)
    is_vector = isinstance(df.select(column).schema[0].dataType, VectorUDT)
    values = vector_to_array(column, "float32") if is_vector else column.cast("array<float>")
    wanted = [values.alias("values")] if id is None else [values.alias("values"), functions.col(id).alias("id")]
    table = _arrow(df.where(column.isNotNull()).select(*wanted))
    matrix = _matrix(table.column("values"), vector)
    ids = numpy.arange(len(matrix)) if id is None else table.column("id").to_pandas().to_numpy()
    return ids, matrix


def _arrow(df: "DataFrame") -> "pyarrow.Table":
    if hasattr(df, "toArrow"):
        return df.toArrow()
    import pyarrow  # Spark 3.5 has it under another name

    batches = df._collect_as_arrow()
    return pyarrow.Table.from_batches(batches)


def _matrix(column: "pyarrow.ChunkedArray", name: str) -> "numpy.ndarray":
    """Rows from the Arrow buffers, concatenated."""
    import numpy
    import pyarrow.compute

    rows = len(column)
    if rows == 0:
        return numpy.empty((0, 0), dtype=numpy.float32)
    lengths = pyarrow.compute.unique(pyarrow.compute.list_value_length(column))
    if len(lengths) != 1:
        raise ValueError(f"{name} has vectors of {len(lengths)} lengths: {sorted(lengths.to_pylist())[:5]}")
    length = lengths[0].as_py()
    matrix = numpy.empty((rows, length), dtype=numpy.float32)
    at = 0
    for chunk in column.chunks:
        values = chunk.flatten()
        if values.null_count:
            raise ValueError(f"{name} has vectors with nulls in them")
        matrix[at : at + len(chunk)] = values.to_numpy(zero_copy_only=True).reshape(len(chunk), length)
        at += len(chunk)
    return matrix
