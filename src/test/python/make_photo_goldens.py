"""TensorFlow's numbers for sample photographs through the demonstration model, in TF-Slim's own graph.

    python3.11 -m venv venv
    venv/bin/pip install tensorflow-cpu==2.13.1 tf_slim==1.1.0 pillow
    venv/bin/python src/test/python/make_photo_goldens.py astronaut chelsea hopper

Writes src/test/resources/photos/slim.json and prelogits.f32 (little-endian float32, a row of 2048 for each photograph).
Pixels are decoded by libjpeg-turbo as Pillow does by default, then cropped, resized and scaled as Slim's
preprocess_for_eval does. The tests need none of this.
"""
import hashlib, json, os, sys
import numpy as np
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras.src.legacy_tf_layers as layers
sys.modules["keras.legacy_tf_layers"] = layers  # where tf_slim 1.1.0 looks for them
import tensorflow as tensorflow2
import tensorflow.compat.v1 as tf
import tf_slim as slim
from PIL import Image
from tf_slim.nets import inception_v3

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
MODEL = os.path.join(ROOT, "src", "quickstart", "model")
PHOTOS = os.path.join(ROOT, "src", "quickstart", "photos")
TARGET = os.path.join(ROOT, "src", "test", "resources", "photos")


def stored():
    """The TF.js weights by Keras' names; 8-bit numbers are value * scale + min."""
    group = json.load(open(os.path.join(MODEL, "model.json")))["weightsManifest"][0]
    raw = b"".join(open(os.path.join(MODEL, path), "rb").read() for path in group["paths"])
    tensors, offset = {}, 0
    for weight in group["weights"]:
        how = weight["quantization"]
        codes = np.frombuffer(raw, how["dtype"], int(np.prod(weight["shape"])), offset)
        offset += codes.nbytes
        values = codes.astype(np.float64) * how["scale"] + how["min"]
        tensors[weight["name"]] = values.reshape(weight["shape"]).astype(np.float32)
    assert offset == len(raw)
    return tensors


def load(tensors, session):
    """Keras numbers its convolutions in the order in which Slim makes them."""
    variables = {v.op.name: v for v in slim.get_model_variables()}
    kernels = [n for n in variables if n.endswith("/weights") and "Logits" not in n]
    assert len(kernels) == 94
    for number, kernel in enumerate(kernels, 1):
        scope = kernel[: -len("/weights")]
        variables[kernel].load(tensors[f"conv2d_{number}/kernel"], session)
        for leaf in ("beta", "moving_mean", "moving_variance"):
            value = tensors[f"batch_normalization_{number}/{leaf}"]
            variables[f"{scope}/BatchNorm/{leaf}"].load(value, session)


def preprocess(pixels):
    image = tf.image.convert_image_dtype(pixels, tf.float32)
    image = tf.image.central_crop(image, central_fraction=0.875)
    image = tf.image.resize_bilinear(image[None], [299, 299], align_corners=False)
    return (image - 0.5) * 2.0


def dense_head(prelogits, tensors):
    """In double, so that only the network's own rounding is compared."""
    values = prelogits.astype(np.float64)
    for number in (1, 2, 3):
        values = values @ tensors[f"dense_{number}/kernel"] + tensors[f"dense_{number}/bias"]
        values = np.maximum(values, 0) if number < 3 else values
    return values


def main(names):
    tf.disable_v2_behavior()
    tensors, rows, embeddings = stored(), [], []
    pixels = tf.placeholder(tf.uint8, [None, None, 3])
    with slim.arg_scope(inception_v3.inception_v3_arg_scope()):
        _, end_points = inception_v3.inception_v3(preprocess(pixels), num_classes=5, is_training=False)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())  # for the heads, which are not used
        load(tensors, session)
        for name in names:
            rgb = np.asarray(Image.open(os.path.join(PHOTOS, name + ".jpg")).convert("RGB"))
            prelogits = session.run(end_points["PreLogits"], {pixels: rgb}).reshape(2048)
            logits = dense_head(prelogits, tensors)
            odds = np.exp(logits - logits.max())
            embeddings.append(prelogits)
            rows.append(dict(
                file=name + ".jpg",
                rgb_sha256=hashlib.sha256(rgb.tobytes()).hexdigest(),
                logits=logits.tolist(),
                probabilities=(odds / odds.sum()).tolist()))
    np.stack(embeddings).astype("<f4").tofile(os.path.join(TARGET, "prelogits.f32"))
    with open(os.path.join(TARGET, "slim.json"), "w") as out:
        json.dump(dict(made_with="TensorFlow " + tensorflow2.__version__, photographs=rows), out, indent=1)
        out.write("\n")


main(sys.argv[1:])
