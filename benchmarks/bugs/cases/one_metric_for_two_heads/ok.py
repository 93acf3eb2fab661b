import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models
from tensorflow.keras.metrics import CategoricalAccuracy


def tlloss(margin=0.5):
    def loss(y_true, y_pred):
        labels = tf.reshape(y_true, (-1,))
        products = tf.matmul(y_pred, y_pred, transpose_b=True)
        same = tf.cast(labels[:, None] == labels[None, :], y_pred.dtype)
        return tf.reduce_mean(same * (1 - products) + (1 - same) * tf.nn.relu(products - margin))
    return loss


def RamanNet(X_train, n_classes, w_len=50, dw=25):
    wins = X_train.shape[1]
    windows = []
    inputs = layers.Input((wins, w_len))
    for i in range(wins):
        feat = layers.Dense(25)(inputs[:, i, :])
        feat = layers.BatchNormalization()(feat)
        windows.append(layers.LeakyReLU()(feat))
    features = layers.concatenate(windows)
    features = layers.Dropout(0.5)(features)
    features = layers.Dense(64)(features)
    emb = layers.Dense(32, name="embeddings")(features)
    emb = layers.UnitNormalization(name="norm")(emb)
    out = layers.Dense(n_classes, activation="softmax", name="class")(emb)
    return models.Model(inputs, [emb, out])


def segment_spectra(spectra, w=50, dw=25):
    return np.stack([spectra[:, i:i + w] for i in range(0, spectra.shape[1] - w + 1, dw)], axis=1)


X_train = segment_spectra(np.random.rand(64, 300))
y_train = np.random.randint(0, 5, size=64)
Y_train = tf.keras.utils.to_categorical(y_train, 5)

mdl = RamanNet(X_train, 5)
losses = [tlloss(), "categorical_crossentropy"]
lossWeights = [0.5, 1.0]
mdl.compile(optimizer="adam", loss=losses, loss_weights=lossWeights, metrics=[None, CategoricalAccuracy()])
mdl.fit(X_train, [y_train, Y_train], batch_size=16, epochs=1, verbose=0)
