"""The stage for pipelines of pyspark.ml: a thin wrapper around the Java class of the same name."""

from __future__ import annotations

from typing import Any, Optional

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasInputCol, HasOutputCol
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer

_JAVA_CLASS = "org.inceptionspark.learn.InceptionV3Featurizer"


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return _JAVA_CLASS


class InceptionV3Featurizer(JavaTransformer, HasInputCol, HasOutputCol, JavaMLReadable, JavaMLWritable):
    """Bytes of image files in, embeddings out: vectors of the PreLogits end point, 2048 values at full width.

    An image that cannot be embedded has a null vector, and the error column says why, such as ``CORRUPT: ...``;
    otherwise that is null. It is saved with the path of its weights, not with the weights, in the form that Java reads
    and writes. All sums are in one order: the same image has the same vector on every machine.

    :param weights: path or URI of a weight file of any format that the job reads; required
    :param inputCol: binary column with the bytes, ``content`` unless set
    :param outputCol: vector column to add, ``features`` unless set
    :param errorCol: string column to add, ``error`` unless set
    :param preprocessing: how pictures become the network's input; as the model was trained unless set
    :param orientation: ``apply`` (unless set) or ``ignore`` EXIF orientation
    :param decode: ``full`` (unless set), or ``scaled`` for large JPEGs at 1/2, 1/4 or 1/8
    :param batch: images that go through the network together, 8 unless set
    """

    weights: Param[str] = Param(
        Params._dummy(), "weights", "path or URI of the model's weight file", TypeConverters.toString
    )
    errorCol: Param[str] = Param(
        Params._dummy(), "errorCol", "string column for why there is no embedding", TypeConverters.toString
    )
    preprocessing: Param[str] = Param(
        Params._dummy(), "preprocessing", "how pictures become the network's input", TypeConverters.toString
    )
    orientation: Param[str] = Param(
        Params._dummy(), "orientation", "apply or ignore EXIF orientation", TypeConverters.toString
    )
    decode: Param[str] = Param(
        Params._dummy(), "decode", "full, or scaled: large JPEGs at 1/2, 1/4 or 1/8", TypeConverters.toString
    )
    batch: Param[int] = Param(Params._dummy(), "batch", "images that go together", TypeConverters.toInt)

    @keyword_only
    def __init__(
        self,
        *,
        weights: Optional[str] = None,
        inputCol: str = "content",
        outputCol: str = "features",
        errorCol: str = "error",
        preprocessing: Optional[str] = None,
        orientation: str = "apply",
        decode: str = "full",
        batch: int = 8,
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(_JAVA_CLASS, self.uid)
        self._setDefault(
            inputCol="content", outputCol="features", errorCol="error", orientation="apply", decode="full", batch=8
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        weights: Optional[str] = None,
        inputCol: str = "content",
        outputCol: str = "features",
        errorCol: str = "error",
        preprocessing: Optional[str] = None,
        orientation: str = "apply",
        decode: str = "full",
        batch: int = 8,
    ) -> "InceptionV3Featurizer":
        """Sets those that are given."""
        return self._set(**self._input_kwargs)

    def setWeights(self, value: str) -> "InceptionV3Featurizer":
        """Path or URI of the weight file."""
        return self._set(weights=value)

    def setInputCol(self, value: str) -> "InceptionV3Featurizer":
        """The binary column with the bytes of image files."""
        return self._set(inputCol=value)

    def setOutputCol(self, value: str) -> "InceptionV3Featurizer":
        """The column for the vectors."""
        return self._set(outputCol=value)

    def setErrorCol(self, value: str) -> "InceptionV3Featurizer":
        """The column for why there is no vector."""
        return self._set(errorCol=value)

    def setPreprocessing(self, value: str) -> "InceptionV3Featurizer":
        """How pictures become the network's input."""
        return self._set(preprocessing=value)

    def setOrientation(self, value: str) -> "InceptionV3Featurizer":
        """``apply`` EXIF orientation, or ``ignore`` it as TensorFlow does."""
        return self._set(orientation=value)

    def setDecode(self, value: str) -> "InceptionV3Featurizer":
        """``scaled`` decodes large JPEGs at 1/2, 1/4 or 1/8, ``full`` every pixel."""
        return self._set(decode=value)

    def setBatch(self, value: int) -> "InceptionV3Featurizer":
        """Images that go through the network together."""
        return self._set(batch=value)

    def getWeights(self) -> str:
        """Path or URI of the weight file."""
        return self.getOrDefault(self.weights)

    def getErrorCol(self) -> str:
        """The column for why there is no vector."""
        return self.getOrDefault(self.errorCol)

    def getPreprocessing(self) -> str:
        """How pictures become the network's input."""
        return self.getOrDefault(self.preprocessing)

    def getOrientation(self) -> str:
        """Whether EXIF orientation is applied."""
        return self.getOrDefault(self.orientation)

    def getDecode(self) -> str:
        """How JPEGs are decoded."""
        return self.getOrDefault(self.decode)

    def getBatch(self) -> int:
        """Images that go through the network together."""
        return self.getOrDefault(self.batch)

    @classmethod
    def read(cls) -> JavaMLReader:
        """Reads one that Python or Java has saved."""
        return _Reader(cls)
