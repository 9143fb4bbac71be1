"""The package as spark-submit's --py-files brings it, installed nowhere. Usage: python_files.py DIRECTORY"""

import pathlib
import sys

from pyspark.sql import SparkSession

import inceptionspark
from inceptionspark import label_images, start

assert ".whl" in inceptionspark.__file__, inceptionspark.__file__
spark = start(SparkSession.builder.appName("py-files")).getOrCreate()
photos = spark.read.format("binaryFile").load("src/quickstart/photos/coffee.jpg")
[row] = label_images(photos, weights="src/quickstart/model/model.json").collect()
assert row.image.error is None and len(row.image.prelogits) == 2048, row
assert pathlib.Path(inceptionspark.jar()).is_file()
spark.stop()
