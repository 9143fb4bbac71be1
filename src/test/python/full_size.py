"""Weight files of a full-size Inception V3 (1001 classes, formula weights), each by its real writer, for FullSizeFilesTest.

    python3.11 -m venv tf && tf/bin/pip install tensorflow-cpu==2.13.1 tf_slim==1.1.0 h5py && tf/bin/pip install --no-deps tensorflowjs==4.10.0
    python3.11 -m venv k3 && k3/bin/pip install tensorflow-cpu==2.18.0 keras==3.8.0 h5py
    python3.10 -m venv pt && pt/bin/pip install torch==1.12.1 torchvision==0.13.1 safetensors 'numpy<2' onnx==1.14.1 'protobuf<4'
    for each in tf:slim tf:keras2 tf:tfjs k3:keras3 pt:torch; do ${each%:*}/bin/python src/test/python/full_size.py DIR ${each#*:}; done
    mvn test -Dtest=FullSizeFilesTest -Dweights.full=DIR

DIR/<kind>.tsv lists what was written: file, format, element type, whether the auxiliary head is in it, and whose logits
it must give: TF-Slim's ("slim", which the tests have) or those beside it in a file of little-endian float32.
The files take about 2 GB. The formula is that of org.inceptionspark.goldens.Formula.
"""
import importlib.util
import os
import shutil
import sys
import types

import numpy as np

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
OUT = os.path.abspath(sys.argv[1])
CLASSES = 1001
HEAD = 'InceptionV3/Logits/Conv2d_1c_1x1'
written = []


def uniform(name, count):
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    x = (np.uint64(value) + np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B1)).astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return (x >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -24)


def centred(name, count):
    return uniform(name, count) * np.float32(2) - np.float32(1)


def variable(name, shape):
    count, leaf = int(np.prod(shape)), name.rsplit('/', 1)[-1]
    if leaf == 'weights':
        values = centred(name, count) * np.float32(np.sqrt(6.0 / int(np.prod(shape[:-1]))))
    elif leaf == 'moving_variance':
        values = np.float32(0.75) + np.float32(0.5) * uniform(name, count)
    else:
        values = centred(name, count) * np.float32({'moving_mean': 0.125, 'biases': 0.125, 'beta': 0.25}[leaf])
    return values.astype(np.float32).reshape(shape)


def smooth_input(name, batch, size):
    images = np.empty((batch, size, size, 3), np.float32)
    for image in range(batch):
        grid = centred(f'{name}/{image}/lattice', 243).reshape(9, 9, 3).astype(np.float64)
        at = np.arange(size) * (8.0 / size)
        whole = at.astype(int)
        y, x = (at - whole)[:, None, None], (at - whole)[None, :, None]
        top = grid[whole][:, whole] * (1 - x) + grid[whole][:, whole + 1] * x
        bottom = grid[whole + 1][:, whole] * (1 - x) + grid[whole + 1][:, whole + 1] * x
        noise = centred(f'{name}/{image}/noise', size * size * 3).reshape(size, size, 3)
        images[image] = np.clip(0.85 * (top * (1 - y) + bottom * y) + 0.15 * noise, -1, 1)
    return images


def layers():
    """Rows of the project's own table, whose names the golden outputs prove."""
    path = os.path.join(ROOT, 'src/main/resources/org/inceptionspark/weights/names/names.tsv')
    lines = [line.rstrip('\n').split('\t') for line in open(path) if not line.startswith('#')]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def convolutions():
    return [row for row in layers() if row['topological'] != '-']


def target(name):
    path = os.path.join(OUT, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def wrote(name, form, dtype='float32', auxiliary=False, logits='slim'):
    written.append('\t'.join([name, form, dtype, 'aux' if auxiliary else '-', logits]))
    print('wrote', written[-1], flush=True)


def slim():
    import keras.src.legacy_tf_layers as legacy
    sys.modules['keras.legacy_tf_layers'] = legacy  # where tf_slim 1.1.0 looks for them
    import tensorflow.compat.v1 as tf
    import tf_slim
    from tf_slim.nets import inception_v3
    tf.disable_v2_behavior()

    def network(auxiliary):
        images = tf.placeholder(tf.float32, [None, 299, 299, 3], name='input')
        with tf_slim.arg_scope(inception_v3.inception_v3_arg_scope()):
            inception_v3.inception_v3(images, CLASSES, is_training=False, create_aux_logits=auxiliary)
        return images, tf_slim.get_model_variables()

    def load(variables, session):
        for each in variables:
            each.load(variable(each.op.name, each.shape.as_list()), session)

    with tf.Graph().as_default(), tf.Session() as session:
        images, variables = network(True)
        load(variables, session)
        for version, form in ((tf.train.SaverDef.V1, 'TENSORFLOW_V1'), (tf.train.SaverDef.V2, 'TENSORFLOW_V2')):
            name = f'slim/{form.lower()}/inception_v3.ckpt'
            tf.train.Saver(variables, write_version=version).save(session, target(name), write_state=False)
            wrote(name, form, auxiliary=True)
        folder = target('slim/saved_model')
        shutil.rmtree(folder, ignore_errors=True)
        logits = session.graph.get_tensor_by_name('InceptionV3/Logits/SpatialSqueeze:0')
        tf.saved_model.simple_save(session, folder, {'input': images}, {'logits': logits})
        wrote('slim/saved_model', 'TENSORFLOW_V2', auxiliary=True)
    with tf.Graph().as_default(), tf.Session() as session:
        _, variables = network(False)
        load(variables, session)
        frozen = tf.graph_util.convert_variables_to_constants(
            session, session.graph_def, ['InceptionV3/Predictions/Reshape_1'])
        open(target('slim/frozen.pb'), 'wb').write(frozen.SerializeToString())
        wrote('slim/frozen.pb', 'FROZEN_GRAPH')


def set_keras_weights(model, numbering):
    """numbering: layer name of the n-th convolution, and of its batch normalisation."""
    for rank, row in enumerate(convolutions()):
        scope = 'InceptionV3/' + row['slim']
        kernel = model.get_layer(numbering('conv2d', rank))
        kernel.set_weights([variable(scope + '/weights', tuple(kernel.get_weights()[0].shape))])
        norm = model.get_layer(numbering('batch_normalization', rank))
        size = norm.get_weights()[0].shape
        norm.set_weights([variable(f'{scope}/BatchNorm/{leaf}', tuple(size)) for leaf in ('beta', 'moving_mean', 'moving_variance')])
    model.get_layer('predictions').set_weights(
        [variable(HEAD + '/weights', (1, 1, 2048, CLASSES))[0, 0], variable(HEAD + '/biases', (CLASSES,))])


def numbered(kind, rank):
    return kind if rank == 0 else f'{kind}_{rank}'


def keras2():
    import tensorflow as tf
    model = tf.keras.applications.InceptionV3(weights=None, classes=CLASSES, input_shape=(299, 299, 3))
    set_keras_weights(model, numbered)
    model.save_weights(target('keras2/weights.h5'))
    wrote('keras2/weights.h5', 'HDF5')
    model.compile(optimizer='sgd', loss='categorical_crossentropy')
    model.save(target('keras2/full-model.h5'))
    wrote('keras2/full-model.h5', 'HDF5')
    model.save_weights(target('keras2/new.weights.h5'))
    wrote('keras2/new.weights.h5', 'HDF5')
    model.save_weights(target('keras2/object/weights'), save_format='tf')
    wrote('keras2/object', 'TENSORFLOW_V2')
    model.save(target('keras2/saved_model'), save_format='tf')
    wrote('keras2/saved_model', 'TENSORFLOW_V2')
    frozen(model, 'keras2/frozen.pb')
    wrote('keras2/frozen.pb', 'FROZEN_GRAPH')


def frozen(model, name):
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
    call = tf.function(lambda images: model(images, training=False))
    graph = call.get_concrete_function(tf.TensorSpec([None, 299, 299, 3], tf.float32))
    constants = convert_variables_to_constants_v2(graph)
    open(target(name), 'wb').write(constants.graph.as_graph_def().SerializeToString())


def keras3():
    import keras
    model = keras.applications.InceptionV3(weights=None, classes=CLASSES, input_shape=(299, 299, 3))
    set_keras_weights(model, numbered)
    for name, form in (('model.weights.h5', 'HDF5'), ('model.keras', 'KERAS_ARCHIVE'), ('legacy.h5', 'HDF5')):
        path = target('keras3/' + name)
        model.save_weights(path) if name.endswith('weights.h5') else model.save(path)
        wrote('keras3/' + name, form)


def tfjs():
    """After keras2. The package's imports of hub, jax and forests are left out."""
    import h5py
    package = importlib.util.find_spec('tensorflowjs').submodule_search_locations[0]
    for name, path in (('tensorflowjs', package), ('tensorflowjs.converters', os.path.join(package, 'converters'))):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = [path]
    sys.modules['tensorflowjs'].converters = sys.modules['tensorflowjs.converters']
    from tensorflowjs.converters import keras_h5_conversion
    for dtype in ('float32', 'float16', 'uint16', 'uint8'):
        folder = target(f'tfjs/{dtype}')
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with h5py.File(target('keras2/full-model.h5'), 'r') as file:
            topology, groups = keras_h5_conversion.h5_merged_saved_model_to_tfjs_format(file)
        quantised = None if dtype == 'float32' else {dtype: '*'}
        keras_h5_conversion.write_artifacts(topology, groups, folder, quantization_dtype_map=quantised)
        wrote(f'tfjs/{dtype}/model.json', 'TFJS', dtype)


def set_torch_weights(model):
    import torch
    state = model.state_dict()
    for row in layers():
        scope, module = 'InceptionV3/' + row['slim'], row['torch']
        kernel = (module if row['kind'] == 'dense' else module + '.conv') + '.weight'
        shape = list(state[kernel].shape)
        shape = shape[2:] + shape[1::-1] if len(shape) == 4 else [1, 1] + shape[::-1]
        values = variable(scope + '/weights', tuple(shape))
        values = values[0, 0].T if row['kind'] == 'dense' else values.transpose(3, 2, 0, 1)
        state[kernel] = torch.from_numpy(np.ascontiguousarray(values))
        size = (shape[3],)
        if row['kind'] == 'dense':
            state[module + '.bias'] = torch.from_numpy(variable(scope + '/biases', size))
        else:
            for key, leaf in (('bias', 'beta'), ('running_mean', 'moving_mean'), ('running_var', 'moving_variance')):
                state[f'{module}.bn.{key}'] = torch.from_numpy(variable(f'{scope}/BatchNorm/{leaf}', size))
    model.load_state_dict(state)
    model.eval()


def tiny():
    """The network of the tests' small fixtures, exported as torch 1 does by default: no layer keeps its name."""
    import torch
    import torchvision.models.inception as inception

    class NarrowConv(torch.nn.Module):
        def __init__(self, _, width, **geometry):
            super().__init__()
            self.conv = torch.nn.LazyConv2d(max(width // 16, 4), bias=False, **geometry)
            self.bn = torch.nn.LazyBatchNorm2d(eps=0.001)

        def forward(self, maps):
            return torch.relu(self.bn(self.conv(maps)))

    inception.BasicConv2d = NarrowConv
    model = inception.Inception3(num_classes=11, transform_input=False, init_weights=False)
    model.fc = torch.nn.LazyLinear(11)
    model.AuxLogits.fc = torch.nn.LazyLinear(11)
    model(torch.zeros(2, 3, 299, 299))
    set_torch_weights(model)
    torch.onnx.export(model, torch.zeros(1, 3, 299, 299), target('tiny/nameless.onnx'), opset_version=13,
                      input_names=['input'], output_names=['logits'])


def torch():
    import torch
    import torchvision
    from safetensors.torch import save_file
    model = torchvision.models.inception_v3(num_classes=CLASSES, transform_input=False, init_weights=False)
    set_torch_weights(model)
    images = torch.from_numpy(smooth_input('full-299', 2, 299).transpose(0, 3, 1, 2).copy())
    with torch.no_grad():
        model(images).numpy().astype('<f4').tofile(target('torch/logits.f32'))
    logits = 'torch/logits.f32'
    state = model.state_dict()
    torch.save(state, target('torch/zip.pth'))
    wrote('torch/zip.pth', 'TORCH', auxiliary=True, logits=logits)
    torch.save({'epoch': 1, 'state_dict': {'module.' + key: value for key, value in state.items()}},
               target('torch/legacy.pth'), _use_new_zipfile_serialization=False)
    wrote('torch/legacy.pth', 'TORCH_LEGACY', auxiliary=True, logits=logits)
    for dtype in ('float32', 'float16', 'bfloat16'):
        kind = getattr(torch, dtype)
        save_file({key: value.to(kind) if value.is_floating_point() else value for key, value in state.items()},
                  target(f'torch/{dtype}.safetensors'))
        wrote(f'torch/{dtype}.safetensors', 'SAFETENSORS', dtype, auxiliary=True, logits=logits)
    for name, options in (('keys', dict(training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)), ('folded', {})):
        torch.onnx.export(model, torch.zeros(1, 3, 299, 299), target(f'torch/{name}.onnx'), opset_version=13,
                          input_names=['input'], output_names=['logits'], **options)
        wrote(f'torch/{name}.onnx', 'ONNX', 'float32' if name == 'keys' else 'folded', logits=logits)


kind = sys.argv[2]
{'slim': slim, 'keras2': keras2, 'keras3': keras3, 'tfjs': tfjs, 'torch': torch, 'tiny': tiny}[kind]()
open(os.path.join(OUT, kind + '.tsv'), 'w').write('\n'.join(written) + '\n')
