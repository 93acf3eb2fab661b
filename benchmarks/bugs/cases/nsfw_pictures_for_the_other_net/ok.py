import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow import keras

IMAGE_DIM = 299  # required/default image dimensionality


def load_images(image_paths, image_size, verbose=True):
    loaded_images, loaded_image_paths = [], []
    if os.path.isdir(image_paths):
        parent = os.path.abspath(image_paths)
        image_paths = [os.path.join(parent, f) for f in sorted(os.listdir(image_paths))]
    elif os.path.isfile(image_paths):
        image_paths = [image_paths]
    for img_path in image_paths:
        image = keras.preprocessing.image.load_img(img_path, target_size=image_size)
        image = keras.preprocessing.image.img_to_array(image)
        image /= 255
        loaded_images.append(image)
        loaded_image_paths.append(img_path)
    return np.asarray(loaded_images), loaded_image_paths


def train(path):
    base = keras.applications.InceptionV3(weights=None, include_top=False, input_shape=(299, 299, 3), pooling="avg")
    x = keras.layers.Dense(32, activation="relu")(base.output)
    x = keras.layers.Flatten()(x)
    outputs = keras.layers.Dense(5, activation="softmax")(x)
    keras.Model(base.input, outputs).save(path)


def classify(model, input_paths, image_dim=IMAGE_DIM):
    images, image_paths = load_images(input_paths, (image_dim, image_dim))
    return dict(zip(image_paths, classify_nd(model, images)))


def classify_nd(model, nd_images):
    model_preds = model.predict(nd_images, verbose=0)
    categories = ["drawings", "hentai", "neutral", "porn", "sexy"]
    return [{categories[i]: float(p) for i, p in enumerate(single)} for single in model_preds]


folder = tempfile.mkdtemp()
for i in range(2):
    keras.utils.save_img(os.path.join(folder, f"{i}.png"), np.random.randint(0, 255, (300, 400, 3)))
saved = os.path.join(tempfile.mkdtemp(), "nsfw.keras")
train(saved)
model = tf.keras.models.load_model(saved)
print(classify(model, folder))
