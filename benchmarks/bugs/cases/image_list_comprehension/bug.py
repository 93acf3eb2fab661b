import os
import numpy as np
from tensorflow.keras.preprocessing.image import load_img, img_to_array
from tensorflow.keras import layers, models

files = [os.path.join("images", c, f) for c in ("a", "b", "c") for f in os.listdir(os.path.join("images", c))]
X = np.array([img_to_array(load_img(f, target_size=(64, 64))) for f in files]) / 255.0
y = np.zeros((len(files), 3))
model = models.Sequential([
    layers.Input((128, 128, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(X, y, epochs=1)
