import keras
import numpy as np
from keras import layers

SKIPS = ["block6a_expand_activation", "block4a_expand_activation",
         "block3a_expand_activation", "block2a_expand_activation"]


def conv_bn(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))


def build_model(classes=5, filters=(64, 48, 32, 24, 16)):
    backbone = keras.applications.EfficientNetB0(
        include_top=False, weights=None, input_shape=(None, None, 3))
    skips = [backbone.get_layer(name).output for name in SKIPS]
    x = backbone.output
    for i, f in enumerate(filters):
        x = layers.UpSampling2D(2)(x)
        if i < len(skips):
            x = layers.Concatenate(name=f"decoder_stage{i}_concat")([x, skips[i]])
        x = conv_bn(x, f)
    x = layers.Conv2D(classes, 3, padding="same", activation="softmax")(x)
    return keras.Model(backbone.input, x)


class Frames(keras.utils.PyDataset):
    def __init__(self, count, rows, columns, classes, batch_size=1):
        super().__init__()
        self.count, self.size, self.classes, self.batch_size = count, (rows, columns), classes, batch_size

    def __len__(self):
        return self.count // self.batch_size

    def __getitem__(self, index):
        rng = np.random.default_rng(index)
        x = rng.random((self.batch_size, *self.size, 3), dtype="float32")
        y = rng.integers(0, self.classes, (self.batch_size, *self.size))
        return x, keras.utils.to_categorical(y, self.classes)


model = build_model()
model.compile("adam", "categorical_crossentropy")
model.fit(Frames(2, 90, 160, 5), epochs=1)
