"""A whole job as one would write it with another library, for jobs/benchmark.sh --peers.

Arguments: library, model.onnx, folder of photographs, output, cores. Each reads, decodes and crops with Pillow, runs
ONNX Runtime with one thread a worker in batches of eight, and writes paths, PreLogits and logits as Parquet.
"""

import io
import os
import pathlib
import sys

import numpy
import onnxruntime
from PIL import Image

BATCH = 8
SIDE = 299
CENTRAL_FRACTION = 0.875


def pixels(content):
    image = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = int(image.width * CENTRAL_FRACTION), int(image.height * CENTRAL_FRACTION)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    box = (left, top, left + width, top + height)
    small = image.resize((SIDE, SIDE), Image.BILINEAR, box=box)
    return numpy.asarray(small, numpy.float32).transpose(2, 0, 1) / 127.5 - 1


class Model:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def __call__(self, contents):
        prelogits, logits = self.session.run(None, {"input": numpy.stack([pixels(c) for c in contents])})
        return list(prelogits.reshape(len(contents), -1)), list(logits.reshape(len(contents), -1))


def batches(values):
    return (values[i : i + BATCH] for i in range(0, len(values), BATCH))


def script(model, folder, output, cores):
    """Threads, which Pillow and ONNX Runtime let run beside each other."""
    from concurrent.futures import ThreadPoolExecutor

    import pyarrow
    import pyarrow.parquet

    run = Model(model)

    def label(paths):
        return [str(path) for path in paths], *run([path.read_bytes() for path in paths])

    rows = [[], [], []]
    with ThreadPoolExecutor(cores) as pool:
        for labelled in pool.map(label, batches(sorted(pathlib.Path(folder).iterdir()))):
            for column, values in zip(rows, labelled):
                column.extend(values)
    table = pyarrow.table(dict(zip(("path", "prelogits", "logits"), rows)))
    pathlib.Path(output).mkdir()
    pyarrow.parquet.write_table(table, f"{output}/part.parquet", compression="snappy")


def pyspark(model, folder, output, cores):
    """binaryFile and mapInPandas."""
    import pandas
    from pyspark.sql import SparkSession

    def label(frames):
        run = Model(model)
        for frame in frames:
            prelogits, logits = run(list(frame["content"]))
            yield pandas.DataFrame({"path": frame["path"], "prelogits": prelogits, "logits": logits})

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {"spark.sql.execution.arrow.maxRecordsPerBatch": BATCH, "spark.ui.enabled": False}
    builder = SparkSession.builder.master(f"local[{cores}]").appName("peer")
    for name, value in settings.items():
        builder.config(name, value)
    spark = builder.getOrCreate()
    files = spark.read.format("binaryFile").load(folder).select("path", "content")
    files.mapInPandas(label, "path string, prelogits array<float>, logits array<float>").write.parquet(output)
    spark.stop()


def daft(model, folder, output, cores):
    """Daft's own downloading, and a class for each process."""
    import daft
    from daft import DataType

    vectors = DataType.list(DataType.float32())

    @daft.udf(
        return_dtype=DataType.struct({"prelogits": vectors, "logits": vectors}), batch_size=BATCH, concurrency=cores
    )
    class Label:
        def __init__(self):
            self.run = Model(model)

        def __call__(self, contents):
            return [{"prelogits": p, "logits": l} for p, l in zip(*self.run(contents.to_pylist()))]

    files = daft.from_glob_path(f"{folder}/*").select("path")
    labelled = files.with_column("row", Label(daft.col("path").download()))
    row = daft.col("row")
    labelled.select("path", row["prelogits"], row["logits"]).write_parquet(output)


def ray(model, folder, output, cores):
    """Ray Data: read_binary_files, and an actor a core."""
    import ray

    # One more than there are: with none left over, its tasks that read wait for the actors for ever.
    ray.init(num_cpus=cores + 1, include_dashboard=False, log_to_driver=False, logging_level="ERROR")

    class Label:
        def __init__(self):
            self.run = Model(model)

        def __call__(self, batch):
            prelogits, logits = self.run(list(batch["bytes"]))
            return {"path": batch["path"], "prelogits": numpy.stack(prelogits), "logits": numpy.stack(logits)}

    files = ray.data.read_binary_files(folder, include_paths=True)
    actors = ray.data.ActorPoolStrategy(size=cores)
    files.map_batches(Label, batch_size=BATCH, compute=actors).write_parquet(output)
    ray.shutdown()


JOBS = {"script": script, "pyspark": pyspark, "daft": daft, "ray": ray}

if __name__ == "__main__":
    JOBS[sys.argv[1]](sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
