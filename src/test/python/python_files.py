"""The package as spark-submit's --py-files brings it, installed nowhere. Usage: python_files.py DIRECTORY"""

import pathlib
import sys

from pyspark.ml import Pipeline, PipelineModel, Transformer
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable
from pyspark.sql import SparkSession

import inceptionspark
from inceptionspark import InceptionV3Featurizer, label_images, start

assert ".whl" in inceptionspark.__file__, inceptionspark.__file__
spark = start(SparkSession.builder.appName("py-files")).getOrCreate()
photos = spark.read.format("binaryFile").load("src/quickstart/photos/coffee.jpg")
[row] = label_images(photos, weights="src/quickstart/model/model.json").collect()
assert row.image.error is None and len(row.image.prelogits) == 2048, row
assert pathlib.Path(inceptionspark.jar()).is_file()


class Names(Transformer, DefaultParamsReadable, DefaultParamsWritable):
    """A stage that only Python has: PySpark then reads every stage by the Python name of its Java class."""

    def _transform(self, df):
        return df.select("path", "features")


saved = str(pathlib.Path(sys.argv[1]) / "mixed-pipeline")
pipeline = Pipeline(stages=[InceptionV3Featurizer(weights="src/quickstart/model/model.json"), Names()]).fit(photos)
pipeline.write().overwrite().save(saved)
loaded = PipelineModel.load(saved)
assert [type(stage) for stage in loaded.stages] == [InceptionV3Featurizer, Names], loaded.stages
assert loaded.transform(photos).count() == 1
spark.stop()
