"""Expected inputs of other families' preprocessing, from the real libraries.

Needs numpy, Pillow, torch, torchvision, timm, keras and TensorFlow; tests need none of them.
Run for some families at a time (TensorFlow and PyTorch do not live in one process): FILE FAMILY...
Pictures are the formula pictures of FormulaImage (FNV-1a of the name, then MurmurHash3's last mix).
"""
import hashlib
import json
import sys

import numpy as np


def picture(name, height, width):
    h = 0x811C9DC5
    for b in name.encode():
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    with np.errstate(over='ignore'):
        x = (np.uint64(h) + np.arange(height * width * 3, dtype=np.uint64) * np.uint64(0x9E3779B1)).astype(np.uint32)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return (x >> np.uint32(24)).astype(np.uint8).reshape(height, width, 3)


def torchvision(rgb, side):
    import torch
    import torchvision.models as models
    from PIL import Image
    from torchvision.models import Inception_V3_Weights
    assert side == 299
    x = Inception_V3_Weights.IMAGENET1K_V1.transforms
    from torchvision import transforms as t
    from torchvision.transforms import InterpolationMode
    published = x()
    assert published.crop_size == [299] and published.resize_size == [342], published
    steps = t.Compose([t.Resize(342, InterpolationMode.BILINEAR, antialias=True), t.CenterCrop(299), t.ToTensor(),
                       t.Normalize(published.mean, published.std)])
    image = Image.fromarray(rgb)
    x = steps(image)[None]
    assert torch.equal(x, published(image)[None])
    model = models.Inception3(init_weights=False, transform_input=True)
    return model._transform_input(x)[0].permute(1, 2, 0).contiguous().numpy()


def timm(rgb, side):
    from PIL import Image
    from timm.data import create_transform, resolve_data_config
    import timm as library
    config = resolve_data_config(pretrained_cfg=library.get_pretrained_cfg('inception_v3.tf_in1k').to_dict())
    assert config['input_size'] == (3, 299, 299) and config['crop_pct'] == 0.875, config
    assert config['interpolation'] == 'bicubic' and config['mean'] == (0.5, 0.5, 0.5) == config['std'], config
    config['input_size'] = (3, side, side)
    return create_transform(**config)(Image.fromarray(rgb)).permute(1, 2, 0).contiguous().numpy()


def keras(rgb, side):
    import io
    from PIL import Image
    from keras.applications.inception_v3 import preprocess_input
    from keras.utils import img_to_array, load_img
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, 'PNG')
    file.seek(0)
    return preprocess_input(img_to_array(load_img(file, target_size=(side, side))))


def graph(mean, std, multiply):
    def run(rgb, side):
        import tensorflow as tf
        x = tf.cast(rgb[None], tf.float32)
        x = tf.compat.v1.image.resize_bilinear(x, [side, side])
        x = tf.subtract(x, [mean])
        return (tf.multiply(x, std) if multiply else tf.divide(x, [std])).numpy()[0]
    return run


SIZES = [(1, 1), (2, 3), (16, 16), (64, 48), (299, 299), (341, 341), (342, 512), (375, 500), (517, 606), (1200, 70), (70, 1200)]


def main():
    families = {
        'keras': (keras, [299, 150]),
        'torchvision': (torchvision, [299]),
        'timm': (timm, [299, 224]),
        'label-image': (graph(0.0, 255.0, False), [299, 150]),
        'inception-2015': (graph(128.0, 0.0078125, True), [299]),
    }
    rows = []
    for family in sys.argv[2:]:
        run, sides = families[family]
        for side in sides:
            for height, width in SIZES:
                name = f'u8/{height}x{width}'
                values = np.ascontiguousarray(run(picture(name, height, width), side), dtype='<f4')
                assert values.shape == (side, side, 3), values.shape
                flat = values.ravel()
                at = [int(i) for i in np.linspace(0, flat.size - 1, 7)]
                rows.append({'family': family, 'picture': name, 'height': height, 'width': width, 'side': side,
                             'sha256_f32le': hashlib.sha256(values.tobytes()).hexdigest(),
                             'samples': [[i, float(flat[i])] for i in at]})
    with open(sys.argv[1], 'w') as out:
        out.write('[\n' + ',\n'.join(json.dumps(r) for r in rows) + '\n]\n')


main()
