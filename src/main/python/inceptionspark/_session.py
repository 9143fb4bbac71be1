"""A session with the jar."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from importlib import resources
from typing import TYPE_CHECKING, Iterator, Optional

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTENSION = "org.inceptionspark.search.InceptionSparkExtensions"


def jar() -> str:
    """Path of the jar: ``INCEPTION_SPARK_JAR`` if that is set, else the one inside this package.

    If the package itself is in an archive, as with ``--py-files``, the jar is copied to a temporary file.

    :raises FileNotFoundError: if the package was installed without its jar
    """
    named = os.environ.get("INCEPTION_SPARK_JAR")
    if named:
        return named
    for entry in resources.files("inceptionspark").joinpath("jars").iterdir():
        if entry.name.endswith(".jar"):
            return _as_file(entry)
    raise FileNotFoundError("inceptionspark has no jar: build the wheel with mvn package, or set INCEPTION_SPARK_JAR")


def _as_file(entry) -> str:
    if isinstance(entry, os.PathLike):
        return os.fspath(entry)
    folder = tempfile.mkdtemp(prefix="inceptionspark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = os.path.join(folder, entry.name)
    with entry.open("rb") as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target)
    return path


def start(builder: Optional["SparkSession.Builder"] = None) -> "SparkSession.Builder":
    """Adds the jar and the SQL extension to a session's builder, keeping those that it has, and returns it.

    >>> spark = start(SparkSession.builder.master("local[2]")).getOrCreate()

    A running JVM accepts neither: call this before the first session, or give ``spark-submit`` the jar with
    ``--jars`` and the extension with ``--conf spark.sql.extensions=...``.

    :param builder: of a classic session; by default a new one
    :raises RuntimeError: if there is a session without the extension, which the builder would return unchanged
    """
    from pyspark.sql import SparkSession

    if builder is None:
        builder = SparkSession.builder
    options = getattr(builder, "_options", {})
    if "spark.remote" in options:
        raise RuntimeError("a Spark Connect server takes jar and extension when it starts: see docs/python.md")
    active = SparkSession.getActiveSession()
    if active is not None and EXTENSION not in (active.conf.get("spark.sql.extensions", "") or ""):
        raise RuntimeError("there is a session without inception-spark: call start() before the first one, or stop it")
    jars = options.get("spark.jars", "")
    extensions = options.get("spark.sql.extensions", "")
    return builder.config("spark.jars", _with(jars, jar())).config(
        "spark.sql.extensions", _with(extensions, EXTENSION)
    )


def _with(listed: str, entry: str) -> str:
    entries = [each for each in listed.split(",") if each]
    return ",".join(entries if entry in entries else [*entries, entry])


@contextlib.contextmanager
def settings(spark: "SparkSession", **values: Optional[str]) -> Iterator[None]:
    """Settings ``spark.inceptionspark.<name>`` for what is analysed inside; those that are None stay as they are."""
    names = {f"spark.inceptionspark.{name}": value for name, value in values.items() if value is not None}
    before = {name: spark.conf.get(name, None) for name in names}
    try:
        for name, value in names.items():
            spark.conf.set(name, value)
        yield
    finally:
        for name, value in before.items():
            if value is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, value)
