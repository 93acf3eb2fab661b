import keras
from keras import layers, models

img_h, img_w = 360, 480
data_shape = img_h * img_w
n_labels = 12
kernel = 3


def create_encoding_layers():
    filters = [64, 128, 256]
    made = []
    for f in filters:
        made += [
            layers.ZeroPadding2D(padding=(1, 1)),
            layers.Conv2D(f, kernel, padding="valid"),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.MaxPooling2D(pool_size=(2, 2)),
        ]
    return made


def create_decoding_layers():
    made = []
    for f in [256, 128, 64]:
        made += [
            layers.UpSampling2D(size=(2, 2)),
            layers.ZeroPadding2D(padding=(1, 1)),
            layers.Conv2D(f, kernel, padding="valid"),
            layers.BatchNormalization(),
        ]
    return made


autoencoder = models.Sequential()
autoencoder.add(layers.Input((img_h, img_w, 3)))
autoencoder.encoding_layers = create_encoding_layers()
autoencoder.decoding_layers = create_decoding_layers()
for l in autoencoder.encoding_layers:
    autoencoder.add(l)
for l in autoencoder.decoding_layers:
    autoencoder.add(l)

autoencoder.add(layers.Conv2D(n_labels, 1, padding="valid"))
autoencoder.add(layers.Reshape((data_shape, 12)))
autoencoder.add(layers.Activation("softmax"))
autoencoder.compile(loss="categorical_crossentropy", optimizer="adadelta")
