"""One engine in one thread, for jobs/benchmark.sh --peers.

Arguments: kind, model.onnx, batch.bin, calibration.bin (float32 images, 3 x 299 x 299 each), images a batch.
Prints the engine's name; then runs the batch for each line `run` and says `done`; writes PreLogits to the path of
a line `write PATH`. What the int8 models learn their ranges from are the calibration images, one at a time.
"""

import pathlib
import sys

import numpy

SHAPE = (-1, 3, 299, 299)


def images(path):
    return numpy.fromfile(path, numpy.float32).reshape(SHAPE)


def onnxruntime(model, batch):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return lambda: session.run(["PreLogits"], {"input": batch})[0]


def onnxruntime_int8(model, batch, calibration):
    from onnxruntime.quantization import CalibrationDataReader, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.left = iter(calibration)

        def get_next(self):
            image = next(self.left, None)
            return None if image is None else {"input": image[None]}

    prepared, quantized = model + ".prepared.onnx", model + ".int8.onnx"
    quant_pre_process(model, prepared, skip_symbolic_shape=True)
    quantize_static(prepared, quantized, Reader(), per_channel=True)
    return onnxruntime(quantized, batch)


def openvino(model, batch, precision, calibration=None):
    import openvino as ov

    core = ov.Core()
    network = core.read_model(model)
    if calibration is not None:
        import nncf

        network = nncf.quantize(network, nncf.Dataset([image[None] for image in calibration]))
    network.reshape(list(batch.shape))
    settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": precision}
    compiled = core.compile_model(network, "CPU", settings)
    request = compiled.create_infer_request()
    return lambda: request.infer({"input": batch})[compiled.output("PreLogits")]


def engine(kind, model, batch, calibration):
    """The engine's name, and a function that runs the batch."""
    if kind.startswith("onnxruntime"):
        import onnxruntime as ort

        name = f"ONNX Runtime {ort.__version__}"
        if kind == "onnxruntime":
            return f"{name}, float32", onnxruntime(model, batch)
        return f"{name}, int8 (QDQ)", onnxruntime_int8(model, batch, calibration)
    import openvino as ov

    name = f"OpenVINO {ov.__version__.split('-')[0]}"
    if kind == "openvino-bfloat16":
        return f"{name}, bfloat16", openvino(model, batch, "bf16")
    if kind == "openvino-int8":
        return f"{name}, int8", openvino(model, batch, "f32", calibration)
    return f"{name}, float32", openvino(model, batch, "f32")


def main(kind, model, batch, calibration, count):
    answers, sys.stdout = sys.stdout, sys.stderr  # what the libraries print is not an answer
    name, run = engine(kind, model, images(batch)[: int(count)], images(calibration))
    print(name, file=answers, flush=True)
    result = None
    for line in sys.stdin:
        word, _, path = line.rstrip("\n").partition(" ")
        if word == "run":
            result = run()
        else:
            pathlib.Path(path).write_bytes(numpy.ascontiguousarray(result, numpy.float32).tobytes())
        print("done", file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
