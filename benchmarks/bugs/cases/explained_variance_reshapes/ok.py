import numpy as np
import tensorflow as tf
import tensorflow.keras as krs

BATCH = 24


class ExplainedVar(krs.losses.Loss):
    def call(self, true, pred):
        pred = tf.convert_to_tensor(pred)
        true = tf.cast(true, pred.dtype)
        res = tf.math.reduce_sum(tf.math.square(pred - true), axis=1)
        pred_mean = tf.reshape(tf.math.reduce_mean(pred, axis=1), (-1, 1))
        tot = tf.math.reduce_sum(tf.math.square(pred - pred_mean), axis=1)
        return res / tot


def make_auto(in_dim, widths=(96, 48, 25, 16)):
    enc_in = krs.Input((in_dim,))
    x = enc_in
    for width in widths:
        x = krs.layers.Dense(width, activation="elu", kernel_initializer="lecun_normal")(x)
    encoder = krs.Model(enc_in, x, name="encoder")
    dec_in = krs.Input((widths[-1],))
    x = dec_in
    for width in reversed(widths[:-1]):
        x = krs.layers.Dense(width, activation="elu", kernel_initializer="lecun_normal")(x)
    decoder = krs.Model(dec_in, krs.layers.Dense(in_dim)(x), name="decoder")
    return krs.Model(enc_in, decoder(encoder(enc_in)), name="auto")


data = np.random.rand(200, 64).astype("float32")
auto = make_auto(64)
auto.compile(optimizer="adam", loss=ExplainedVar())
auto.fit(data, data, batch_size=BATCH, epochs=1, verbose=0)
