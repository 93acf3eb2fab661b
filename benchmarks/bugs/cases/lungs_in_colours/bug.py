import os
import numpy as np
from PIL import Image
from tensorflow.keras.layers import Conv2D, Conv2DTranspose, Input, MaxPooling2D, concatenate
from tensorflow.keras.models import Model

os.makedirs("lungs", exist_ok=True)
for k in range(4):
    Image.new("L", (80, 80)).save(f"lungs/{k}.png")
    Image.new("RGB", (80, 80)).save(f"lungs/{k}_mask.png")


def load_data(folder, shape=(64, 64)):
    X, y = [], []
    for k in range(4):
        img = Image.open(os.path.join(folder, f"{k}.png")).resize(shape)
        mask = Image.open(os.path.join(folder, f"{k}_mask.png")).resize(shape)
        X.append(np.expand_dims(np.array(img), -1))
        y.append(np.array(mask))
    return np.array(X) / 255.0, np.array(y) / 255.0


X, y = load_data("lungs")
inp = Input((64, 64, 1))
c1 = Conv2D(8, 3, padding="same", activation="relu")(inp)
c2 = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(c1))
up = concatenate([Conv2DTranspose(8, 2, strides=2)(c2), c1])
model = Model(inp, Conv2D(1, 1, activation="sigmoid")(up))
model.compile("adam", "binary_crossentropy")
model.fit(X, y, batch_size=2, verbose=0)
