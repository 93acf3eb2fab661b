import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator


def small_unet(side, num_classes):
    inputs = keras.Input((side, side, 3))
    down = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D()(down)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(8, 2, strides=2)(x)
    x = layers.concatenate([x, down])
    outputs = layers.Conv2D(num_classes, 1, activation="softmax")(x)
    return keras.Model(inputs, outputs)


images = np.random.rand(16, 40, 40, 3)
tissue = np.random.randint(0, 2, 16)
flow = ImageDataGenerator(horizontal_flip=True).flow(images, keras.utils.to_categorical(tissue, 2), batch_size=8)
model = small_unet(40, 2)
model.compile("adam", "categorical_crossentropy")
model.fit(flow, epochs=1, verbose=0)
