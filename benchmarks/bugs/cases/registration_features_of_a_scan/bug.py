import numpy as np
import tensorflow as tf
import tensorflow.keras.layers as KL

NB_FEATURES = [
    [8, 8, 8, 8],
    [8, 8, 8, 8, 8, 4],
]


class VxmDense(tf.keras.Model):
    def __init__(self, inshape, nb_unet_features=None, src_feats=1, trg_feats=1):
        source = tf.keras.Input(shape=(*inshape, src_feats), name="source_input")
        target = tf.keras.Input(shape=(*inshape, trg_feats), name="target_input")
        enc_nf, dec_nf = nb_unet_features
        ndims = len(inshape)
        conv = getattr(KL, "Conv%dD" % ndims)
        upsample = getattr(KL, "UpSampling%dD" % ndims)
        pool = getattr(KL, "MaxPooling%dD" % ndims)
        last = KL.concatenate([source, target])
        skips = [last]
        for nf in enc_nf:
            last = conv(nf, kernel_size=3, padding="same", activation="relu")(last)
            skips.append(last)
            last = pool(2)(last)
        for level, nf in enumerate(dec_nf):
            last = conv(nf, kernel_size=3, padding="same", activation="relu")(last)
            if level < len(enc_nf):
                last = upsample(2)(last)
                last = KL.concatenate([last, skips.pop()])
        flow = conv(ndims, kernel_size=3, padding="same", name="flow")(last)
        super().__init__(inputs=[source, target], outputs=[flow])


vol_shape = (45, 45, 16)
moving = np.zeros((1, *vol_shape, 1), "float32")
model = VxmDense(vol_shape, NB_FEATURES)
print(model([moving, moving]).shape)
