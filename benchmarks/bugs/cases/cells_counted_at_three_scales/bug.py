import numpy as np
from tensorflow.keras import layers, Model
from tensorflow.keras.optimizers import Adam


def conv_block(x, filters, name):
    for i in range(2):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_c{i}")(x)
        x = layers.BatchNormalization(name=f"{name}_bn{i}")(x)
        x = layers.Activation("relu", name=f"{name}_a{i}")(x)
    return x


def build_multi_model(input_dim):
    inputs = layers.Input(input_dim)
    skips, x = [], inputs
    for level, filters in enumerate([8, 16, 32]):
        x = conv_block(x, filters, f"down{level}")
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = conv_block(x, 64, "bottom")
    outputs = [layers.Conv2D(1, 1, name="aux1")(x)]
    for level, filters in reversed(list(enumerate([8, 16, 32]))):
        x = layers.UpSampling2D()(x)
        x = layers.concatenate([skips[level], x])
        x = conv_block(x, filters, f"up{level}")
        if level == 1:
            outputs.append(layers.Conv2D(1, 1, name="aux2")(x))
    outputs.append(layers.Conv2D(1, 1, name="original_out")(x))
    return Model(inputs, outputs)


def batches(images, maps, size):
    while True:
        chosen = np.random.choice(len(images), size)
        flip = np.random.rand() < 0.5
        x, y = images[chosen], maps[chosen]
        if flip:
            x, y = x[:, :, ::-1], y[:, :, ::-1]
        yield x, (y, y, y)


X_train = np.random.rand(10, 64, 64, 3).astype("float32")
Y_train = np.random.rand(10, 64, 64, 1).astype("float32")
model = build_multi_model((64, 64, 3))
model.compile(
    optimizer=Adam(3e-4),
    loss={"aux1": "mse", "aux2": "mse", "original_out": "mse"},
    loss_weights={"aux1": 1 / 64, "aux2": 1 / 16, "original_out": 1.0},
)
model.fit(batches(X_train, Y_train, 2), steps_per_epoch=5, epochs=1)
