"""What works through Spark Connect, with a server in another JVM. Usage: python_connect.py DIRECTORY"""

import sys

import numpy
from pyspark.sql import SparkSession

import inceptionspark
from inceptionspark import InceptionV3Featurizer, embeddings, label_images, labels, search, start

WEIGHTS = "src/quickstart/model/model.json"
server = {
    "spark.jars": inceptionspark.jar(),
    "spark.sql.extensions": "org.inceptionspark.search.InceptionSparkExtensions",
    "spark.api.mode": "connect",
}
builder = SparkSession.builder.remote("local[2]")
for name, value in server.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
assert type(spark).__module__.startswith("pyspark.sql.connect"), type(spark)


def refused(what, kind, *words):
    try:
        what()
    except kind as error:
        assert all(word in str(error) for word in words), error
    else:
        raise AssertionError(f"not refused: {words}")


photos = spark.read.format("binaryFile").option("pathGlobFilter", "*.jpg").load("src/quickstart/photos")
refused(lambda: label_images(photos, weights=WEIGHTS), ValueError, "spark.inceptionspark.weights", "first")
refused(lambda: labels(spark, "target/labels"), ValueError, "spark.inceptionspark.table=target/labels")
spark.conf.set("spark.inceptionspark.weights", WEIGHTS)
spark.conf.set("spark.inceptionspark.table", "target/labels")
found = label_images(photos).selectExpr("path", "image.prelogits")
ids, values = embeddings(found)
table = labels(spark, "target/labels")
again, stored = embeddings(table)
assert values.shape == stored.shape == (12, 2048)
assert (values[numpy.argsort(ids)] == stored[numpy.argsort(again)]).all()
best = search(spark, "target/labels", "chelsea.jpg", 3).collect()
assert best[0].path.endswith("/chelsea.jpg") and len(best) == 3
refused(lambda: start(SparkSession.builder.remote("local[2]")), RuntimeError, "Connect")
try:
    features = InceptionV3Featurizer(weights=WEIGHTS).transform(photos)
    print("the featurizer works through Connect:", embeddings(features, vector="features")[1].shape)
except Exception as error:
    print("the featurizer does not work through Connect:", type(error).__name__, str(error)[:2000])
spark.stop()
print("all as expected")
