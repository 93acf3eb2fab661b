import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D, UpSampling2D, concatenate
from tensorflow.keras.models import Model

image_shape = (48, 64)
batch_size = 10


def read(path, shape, channels):
    rng = np.random.default_rng(abs(hash(path)) % 1000)
    return rng.random((*shape, channels) if channels > 1 else shape)


def generator(data_folder, shape, size):
    image0_paths = [f"{data_folder}/colored_0/{i}.png" for i in range(40)]
    image1_paths = {path: path.replace("colored_0", "colored_1") for path in image0_paths}
    while True:
        np.random.shuffle(image0_paths)
        for first in range(0, len(image0_paths), size):
            images0, images1, depths = [], [], []
            for path in image0_paths[first:first + size]:
                images0.append(read(path, shape, 3))
                images1.append(read(image1_paths[path], shape, 3))
                depths.append(read(path.replace("colored_0", "disp"), shape, 1))
            yield (np.array(images0), np.array(images1)), np.array(depths)


def branch(name):
    image = Input((*image_shape, 3), name=name)
    x = Conv2D(8, 3, padding="same", activation="relu")(image)
    return image, MaxPooling2D()(x)


left, x1 = branch("left")
right, x2 = branch("right")
x = concatenate([x1, x2])
x = Flatten()(x)
x = Dense(32, activation="relu")(x)
x = Dense(10)(x)
model = Model([left, right], x)
model.compile(optimizer="adam", loss="mse")
model.fit(generator("data", image_shape, batch_size), steps_per_epoch=2, epochs=1)
