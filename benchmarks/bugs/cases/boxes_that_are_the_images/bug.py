import random

import numpy as np
from tensorflow.keras.applications import MobileNetV2
from tensorflow.keras.layers import Dense, Dropout, GlobalAveragePooling2D
from tensorflow.keras.models import Model

IMG_SIZE = 222


def load_dataset(count):
    """Pictures with one bright box in each, and where it is."""
    data, target = [], []
    for _ in range(count):
        picture = np.random.rand(IMG_SIZE, IMG_SIZE, 3) * 0.3
        x1, y1 = random.randint(0, 100), random.randint(0, 100)
        x2, y2 = x1 + random.randint(20, 100), y1 + random.randint(20, 100)
        picture[y1:y2, x1:x2] = 1.0
        data.append(picture)
        target.append([x1 / IMG_SIZE, y1 / IMG_SIZE, x2 / IMG_SIZE, y2 / IMG_SIZE])
    return data, target


data, target = load_dataset(12)
X = np.array(data).reshape(-1, IMG_SIZE, IMG_SIZE, 3).astype("float32")
y = np.array(data).reshape(-1, IMG_SIZE, IMG_SIZE, 3).astype("float32")
X_train, X_test = X[:8], X[8:]
y_train, y_test = y[:8], y[8:]

base = MobileNetV2(weights=None, include_top=False, input_shape=(IMG_SIZE, IMG_SIZE, 3))
base.trainable = False
x = GlobalAveragePooling2D()(base.output)
x = Dense(64, activation="relu")(x)
x = Dropout(0.2)(x)
predictions = Dense(4, activation="sigmoid")(x)
model = Model(inputs=base.input, outputs=predictions)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=1, batch_size=4, verbose=0)
print(model.predict(X_test, verbose=0).shape)
