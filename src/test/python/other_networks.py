"""Weight files of other networks, by their real writers: what a user points --weights at by mistake.

Names are those of the networks; every dimension is cut to 4 and every value is zero, so that the files are small.
usage: other_networks.py OUT tf|torch    (tf: TensorFlow 2.13 and tf_slim; torch: torch, torchvision and safetensors)
"""
import os
import sys

OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)


def narrow(shape):
    return [min(int(size), 4) for size in shape]


def checkpoint(network, scope, name, version):
    """TF-Slim's own graph tells the names; a graph of bare variables is saved."""
    import tensorflow.compat.v1 as tf
    import tf_slim as slim

    with tf.Graph().as_default():
        network(tf.placeholder(tf.float32, [1, 224, 224, 3]), num_classes=1000, is_training=False)
        variables = [(v.op.name, narrow(v.shape)) for v in slim.get_model_variables()]
    assert all(each[0].startswith(scope) for each in variables)
    with tf.Graph().as_default(), tf.Session() as session:
        for each, shape in variables:
            tf.get_variable(each, shape, initializer=tf.zeros_initializer())
        session.run(tf.global_variables_initializer())
        folder = os.path.join(OUT, name)
        os.makedirs(folder, exist_ok=True)
        saver = tf.train.Saver(write_version=version)
        saver.save(session, os.path.join(folder, 'model.ckpt'), write_meta_graph=False, write_state=False)


def tensorflow():
    import tensorflow.compat.v1 as tf
    tf.disable_v2_behavior()
    from tf_slim.nets import inception_v1, resnet_v1
    checkpoint(inception_v1.inception_v1, 'InceptionV1', 'inception_v1', tf.train.SaverDef.V2)
    checkpoint(resnet_v1.resnet_v1_50, 'resnet_v1_50', 'resnet_v1_50', tf.train.SaverDef.V1)


def torch():
    import torch
    import torchvision
    from safetensors.torch import save_file
    state = torchvision.models.resnet18().state_dict()
    zeros = {key: torch.zeros(narrow(value.shape), dtype=value.dtype) for key, value in state.items()}
    torch.save(zeros, os.path.join(OUT, 'resnet18.pth'))
    save_file(zeros, os.path.join(OUT, 'resnet18.safetensors'))


if sys.argv[2] == 'torch':
    torch()
else:
    tensorflow()
