"""Where pyspark.ml looks for the Python side of a Java class when it loads a pipeline: under the Java name."""

from inceptionspark import InceptionV3Featurizer

__all__ = ["InceptionV3Featurizer"]
