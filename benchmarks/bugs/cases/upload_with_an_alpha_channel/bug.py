import base64
import io

import numpy as np
from PIL import Image
from tensorflow.keras import layers, models
from tensorflow.keras.applications.imagenet_utils import preprocess_input
from tensorflow.keras.preprocessing import image

SIZE = (28, 28)


def weapon_model():
    model = models.Sequential()
    model.add(layers.Input(shape=SIZE + (3,)))
    model.add(layers.Conv2D(16, (3, 3), activation="relu"))
    model.add(layers.MaxPooling2D((2, 2)))
    model.add(layers.Flatten())
    model.add(layers.Dense(2, activation="softmax"))
    return model


def base64_to_pil(text):
    data = base64.b64decode(text.split(",", 1)[1])
    return Image.open(io.BytesIO(data))


def model_predict(img, model):
    img = img.resize(SIZE)
    x = image.img_to_array(img)
    x = np.expand_dims(x, axis=0)
    x = preprocess_input(x, mode="tf")
    nt, weapon = model.predict(x, verbose=0)[0]
    return nt, weapon


def upload(width=80, height=60):
    stream = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 20, 20, 128)).save(stream, format="PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


model = weapon_model()
print(model_predict(base64_to_pil(upload()), model))
