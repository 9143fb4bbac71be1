"""What the recipes do not show of the Python package, on real PySpark. Usage: python_package.py DIRECTORY"""

import pathlib
import sys

import numpy
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.sql import SparkSession

import inceptionspark
from inceptionspark import InceptionV3Featurizer, embeddings, label_images, labels, search, start

directory = pathlib.Path(sys.argv[1])
WEIGHTS = "src/quickstart/model/model.json"
NAMES = "src/quickstart/model/labels.txt"
spark = start(SparkSession.builder.master("local[2]")).getOrCreate()
photos = spark.read.format("binaryFile").option("pathGlobFilter", "*.jpg").load("src/quickstart/photos")


def refused(what, kind, *words):
    try:
        what()
    except kind as error:
        assert all(word in str(error) for word in words), error
    else:
        raise AssertionError(f"not refused: {words}")


def rows(df, *columns):
    return sorted(map(str, df.select(*columns).collect()))


# The table's bits are those of the function and of the featurizer.
table = labels(spark, "target/labels")
assert spark.conf.get("spark.inceptionspark.table", None) is None, "a setting was left behind"
ids, values = embeddings(table)
assert values.shape == (12, 2048) and values.dtype == numpy.float32 and ids.shape == (12,)
featurizer = InceptionV3Featurizer(weights=WEIGHTS, batch=3)
of_photos = featurizer.transform(photos)
again, vectors = embeddings(of_photos, vector="features")
assert vectors.dtype == numpy.float32
order, other = numpy.argsort(ids), numpy.argsort(again)
assert [i.rsplit("/", 1)[1] for i in ids[order]] == [i.rsplit("/", 1)[1] for i in again[other]]
assert (values[order] == vectors[other]).all(), "the featurizer's bits are not the table's"
numbers, _ = embeddings(table, id=None)
assert numbers.tolist() == list(range(12))
found = label_images(photos, weights=WEIGHTS, labels=NAMES).selectExpr("path", "image.logits", "image.top[0].label AS label")
assert embeddings(found, vector="logits")[1].shape == (12, 5)
assert {row.label for row in found.collect()} == {"neutral"}
ragged = spark.sql("SELECT 'a' AS path, array(1F) AS prelogits UNION ALL SELECT 'b', array(1F, 2F)")
refused(lambda: embeddings(ragged), ValueError, "2 lengths")
refused(lambda: embeddings(spark.sql("SELECT 'a' AS path, array(1F, NULL) AS prelogits")), ValueError, "nulls")
assert embeddings(table.where("false"))[1].size == 0

# What is wrong with an image is said in its row.
bad = spark.createDataFrame([(bytearray(b"no image"),), (None,)], "content binary")
assert [row.image.error.kind for row in label_images(bad, weights=WEIGHTS).collect() if row.image] == ["NOT_AN_IMAGE"]
kinds = [row.error.split(":")[0] for row in featurizer.transform(bad).collect()]
assert kinds == ["NOT_AN_IMAGE", "EMPTY"], kinds

# Params, their setters, copies.
assert featurizer.getBatch() == 3 and featurizer.getInputCol() == "content" and featurizer.getOutputCol() == "features"
assert featurizer.copy({featurizer.outputCol: "v"}).getOutputCol() == "v" and featurizer.getOutputCol() == "features"
changed = InceptionV3Featurizer().setWeights(WEIGHTS).setInputCol("bytes").setOutputCol("v").setErrorCol("why")
changed.setPreprocessing("slim").setOrientation("ignore").setBatch(1)
assert changed.getPreprocessing() == "slim" and changed.getOrientation() == "ignore" and changed.getErrorCol() == "why"
assert changed.transform(photos.withColumnRenamed("content", "bytes")).columns[-2:] == ["v", "why"]
refused(lambda: InceptionV3Featurizer().transform(photos), Exception, "weights is not set")
refused(lambda: InceptionV3Featurizer(weight=WEIGHTS), TypeError, "weight")

# On disk it is Java's, alone, in a pipeline, and beside stages that only Python has.
alone = str(directory / "stage")
featurizer.write().overwrite().save(alone)
loaded = InceptionV3Featurizer.load(alone)
assert (loaded.uid, loaded.getWeights(), loaded.getBatch()) == (featurizer.uid, WEIGHTS, 3)
pipeline = Pipeline(stages=[featurizer, SQLTransformer(statement="SELECT path, features FROM __THIS__")]).fit(photos)
by_python, by_java = str(directory / "pipeline"), str(directory / "pipeline-of-java")
pipeline.write().overwrite().save(by_python)
java = spark._jvm.org.apache.spark.ml.PipelineModel.load(by_python)
assert java.stages()[0].getClass().getName() == "org.inceptionspark.learn.InceptionV3Featurizer"
java.write().overwrite().save(by_java)
back = PipelineModel.load(by_java)
assert type(back.stages[0]) is InceptionV3Featurizer and back.stages[0].getBatch() == 3
assert rows(back.transform(photos), "path", "features") == rows(pipeline.transform(photos), "path", "features")

# Search by a path, its end, bytes, an embedding.
full = [path for path in ids if path.endswith("/chelsea.jpg")][0]
expected = rows(search(spark, "target/labels", full, 3), "path", "similarity")
assert search(spark, "target/labels", full, 3).first().path == full
assert rows(search(spark, "target/labels", "photos/chelsea.jpg", 3), "path", "similarity") == expected
assert rows(search(spark, "target/labels", values[list(ids).index(full)], 3), "path", "similarity") == expected
spark.conf.set("spark.inceptionspark.weights", WEIGHTS)
image = pathlib.Path("src/quickstart/photos/chelsea.jpg").read_bytes()
assert rows(search(spark, "target/labels", image, 3), "path", "similarity") == expected
refused(lambda: search(spark, "target/labels", "elsea.jpg"), ValueError, "no labelled image")
refused(lambda: search(spark, "target/labels", b"no image"), ValueError, "NOT_AN_IMAGE")
refused(lambda: search(spark, "target/labels", [[1.0, 2.0]]), ValueError, "(1, 2)")
refused(lambda: search(spark, "target/labels", numpy.zeros(2048)), ValueError, "no direction")
assert rows(search(spark, pathlib.Path("target/labels"), full, 3), "path", "similarity") == expected

# The builder keeps what it has.
builder = start(SparkSession.builder.config("spark.jars", "/other.jar"))
assert builder._options["spark.jars"].split(",") == ["/other.jar", inceptionspark.jar()]
assert start(builder)._options["spark.jars"] == builder._options["spark.jars"]
spark.stop()
print("all as expected")
