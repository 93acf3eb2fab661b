import numpy as np
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((64, 64, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(5, activation="softmax"),
])
image = keras.utils.load_img("cat.png", target_size=(64, 64))
array = keras.utils.img_to_array(image) / 255.0

probs = model.predict(array)
print(probs.argmax())
