"""Labelling and tables, through the functions and views that the extension adds to SQL."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Optional, Sequence, Union

from inceptionspark._session import settings

if TYPE_CHECKING:
    import numpy
    from pyspark.sql import DataFrame, SparkSession

Vector = Union[Sequence[float], "numpy.ndarray"]


def label_images(
    df: "DataFrame",
    content: str = "content",
    *,
    weights: Optional[str] = None,
    labels: Optional[str] = None,
    head: Optional[str] = None,
    preprocessing: Optional[str] = None,
    orientation: Optional[str] = None,
    decode: Optional[str] = None,
    column: str = "image",
) -> "DataFrame":
    """Labels the images of a table: one row out for each row in, with one more column.

    The column is a struct: ``sha256``, ``format``, ``width``, ``height``; ``logits``, an array of as many floats as there
    are classes; ``prelogits``, 2048 floats; ``top``, the five best of ``index, label, probability``; ``error``, a
    ``kind`` and ``message`` if it is not an image, and then everything else is null; ``model``, the fingerprint.
    Streaming tables work too.

    :param df: any table with a binary column, such as that of ``spark.read.format("binaryFile")``
    :param content: that column, or a field such as ``image.bytes``, as in SQL
    :param weights: path or URI of the weight file; by default the session's ``spark.inceptionspark.weights``
    :param labels: ``imagenet``, ``imagenet-1000`` or a file of class names; by default numbers
    :param head: path or URI of a head from ``train-head``, in place of the model's last layer and of labels
    :param preprocessing: by default as the model was trained
    :param orientation: ``apply`` or ``ignore`` EXIF orientation
    :param decode: ``scaled`` decodes large JPEGs at 1/2, 1/4 or 1/8, ``full`` every pixel
    :param column: name of the struct
    :raises ValueError: if options are given to a Spark Connect session: set ``spark.inceptionspark.*`` there instead
    """
    spark = df.sparkSession
    options = {
        "weights": weights,
        "labels": "" if head and labels is None else labels,
        "head": head,
        "preprocessing": preprocessing,
        "orientation": orientation,
        "decode": decode,
    }
    _classic_only(spark, "label_images", options)
    with settings(spark, **options):
        return df.selectExpr("*", f"label_image({content}) AS `{column}`")


def labels(spark: "SparkSession", table: Union[str, "os.PathLike[str]"]) -> "DataFrame":
    """The row that counts for each image of a labels table, as in the view ``labels_latest``.

    :param table: path or URI of the table
    :returns: ``path``, ``logits``, ``prelogits`` (2048 floats), ``top``, ``error``, ``model`` and the other columns of the table
    """
    table = os.fspath(table)
    _classic_only(spark, "labels", {"table": table})
    with settings(spark, table=table):
        return spark.table("labels_latest")


def search(
    spark: "SparkSession",
    table: Union[str, "os.PathLike[str]"],
    query: Union[str, bytes, Vector],
    k: int = 10,
    *,
    model: Optional[str] = None,
) -> "DataFrame":
    """The images of a table that are most similar to another, by the cosine of their embeddings, best first.

    Compares every row; for tables of many millions or many queries use ``jobs/search.sh`` with an index.

    :param table: path or URI of a labels table
    :param query: the path of an image in the table, or its end from a ``/`` on; or the bytes of an image file, which the
        session's ``spark.inceptionspark.weights`` embed; or an embedding, of shape ``(2048,)``
    :param k: number of rows; there may be fewer
    :param model: fingerprint of the model whose rows are searched; needed for embeddings if the table has several
    :returns: ``path``, ``similarity`` (1 for the same direction), ``label`` (the best), of rows of the query's model
    :raises ValueError: if the image is not in the table, or several match; if the embedding is all zeros
    """
    from pyspark.sql import functions

    rows = labels(spark, table).where("error IS NULL")
    if model is not None:
        rows = rows.where(functions.col("model") == model)
    if isinstance(query, str):
        vector, of = _stored(rows, query)
        rows = rows.where(functions.col("model") == of)
    elif isinstance(query, (bytes, bytearray)):
        vector, of = _embedded(spark, bytes(query))
        rows = rows.where(functions.col("model") == of)
    else:
        vector = query
        models = [row[0] for row in rows.select("model").distinct().limit(2).collect()] if model is None else []
        if len(models) > 1:
            raise ValueError(f"{table} has rows of several models: say which, by model=")
    similarity = f"vector_cosine_similarity(prelogits, {_literal(vector)}) AS similarity"
    return (
        rows.selectExpr("path", similarity, "top[0].label AS label")
        .orderBy(functions.desc("similarity"), "path")
        .limit(k)
    )


def _literal(vector: Vector) -> str:
    """A vector in SQL, with the fewest digits that restore these floats."""
    import numpy

    values = numpy.asarray(vector, dtype=numpy.float32)
    if values.ndim != 1 or not numpy.isfinite(values).all():
        raise ValueError(f"an embedding is one row of finite numbers, found an array of shape {values.shape}")
    if not values.any():
        raise ValueError("an embedding of zeros has no direction, and nothing is like it")
    return f"array({', '.join(numpy.format_float_scientific(value, unique=True) + 'F' for value in values)})"


def _stored(rows: "DataFrame", name: str):
    from pyspark.sql import functions

    path = functions.col("path")
    ending = name if name.startswith("/") else "/" + name
    matching = rows.where((path == name) | path.endswith(ending)).select("path", "prelogits", "model")
    found = matching.orderBy((path == name).desc()).limit(3).collect()
    exact = [row for row in found if row["path"] == name] or found
    if len(exact) != 1:
        what = "no labelled image" if not exact else f"several images, such as {exact[0]['path']} and {exact[1]['path']}"
        raise ValueError(f"the table has {what} for {name}")
    return exact[0]["prelogits"], exact[0]["model"]


def _embedded(spark: "SparkSession", image: bytes):
    frame = spark.createDataFrame([(bytearray(image),)], "content binary")
    row = label_images(frame).select("image.prelogits", "image.error", "image.model").head()
    if row["error"] is not None:
        raise ValueError(f"the query is no image: {row['error']['kind']}: {row['error']['message']}")
    return row["prelogits"], row["model"]


def _classic_only(spark: "SparkSession", function: str, options: dict) -> None:
    """Connect analyses a table when it runs, and settings of then would be gone by now."""
    if type(spark).__module__.startswith("pyspark.sql.connect"):
        wrong = {
            name: value
            for name, value in options.items()
            if value is not None and (spark.conf.get(f"spark.inceptionspark.{name}", "") or "") != value
        }
        if wrong:
            told = " and ".join(f"spark.inceptionspark.{name}={value}" for name, value in wrong.items())
            raise ValueError(f"{function} through Spark Connect takes the session's settings: set {told} first")
