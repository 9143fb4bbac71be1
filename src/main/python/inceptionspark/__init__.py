"""Inception V3 on Apache Spark, from Python: labels, embeddings and search of millions of images.

Everything runs in the JVM, in the jar that this package contains; no Python worker sees an image. Begin with
:func:`start`. Shapes are those of NumPy; ``2048`` is the length of an embedding at full width.
"""

from inceptionspark._arrays import embeddings
from inceptionspark._featurizer import InceptionV3Featurizer
from inceptionspark._session import jar, start
from inceptionspark._tables import label_images, labels, search

__all__ = [
    "InceptionV3Featurizer",
    "embeddings",
    "jar",
    "label_images",
    "labels",
    "search",
    "start",
]
