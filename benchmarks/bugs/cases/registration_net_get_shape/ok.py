import numpy as np
import tensorflow as tf
import tensorflow.keras.layers as KL


def conv_block(x, nfeat, strides=1, name=None):
    ndims = len(x.shape) - 2
    Conv = getattr(KL, "Conv%dD" % ndims)
    convolved = Conv(nfeat, kernel_size=3, padding="same", strides=strides, kernel_initializer="he_normal", name=name)(x)
    return KL.LeakyReLU(0.2, name=None if name is None else name + "_activation")(convolved)


def upsample_block(x, connection, name=None):
    ndims = len(x.shape) - 2
    UpSampling = getattr(KL, "UpSampling%dD" % ndims)
    size = (2,) * ndims if ndims > 1 else 2
    upsampled = UpSampling(size=size, name=name + "_up")(x)
    return KL.concatenate([upsampled, connection], name=name)


def unet(inshape, src_feats=1, trg_feats=1, enc=(8, 16), dec=(16, 8)):
    source = KL.Input(shape=(*inshape, src_feats), name="source")
    target = KL.Input(shape=(*inshape, trg_feats), name="target")
    last = KL.concatenate([source, target], name="unet_input")
    skips = [last]
    for level, nf in enumerate(enc):
        last = conv_block(last, nf, strides=2, name="enc_conv_%d" % level)
        skips.append(last)
    skips.pop()
    for level, nf in enumerate(dec):
        last = conv_block(last, nf, name="dec_conv_%d" % level)
        last = upsample_block(last, skips.pop(), name="dec_%d" % level)
    ndims = len(inshape)
    flow = getattr(KL, "Conv%dD" % ndims)(ndims, kernel_size=3, padding="same", name="flow")(last)
    return tf.keras.Model([source, target], flow)


net = unet((32, 32))
net.compile("adam", loss="mse")
moving, fixed = np.random.rand(2, 4, 32, 32, 1).astype("float32")
net.fit([moving, fixed], np.zeros((4, 32, 32, 2), "float32"), batch_size=2, verbose=0)
print(net.output_shape)
