import numpy as np
from tensorflow.keras import Sequential, layers
from tensorflow.keras.applications import MobileNetV2

images = np.random.rand(12, 96, 96, 3).astype("float32")
labels = np.arange(12) % 3
base = MobileNetV2(weights=None, include_top=False, input_shape=(96, 96, 3))
bottleneck = base.predict(images, batch_size=6)

top = Sequential()
top.add(layers.Input((1280,)))
top.add(layers.Dense(64, activation="relu"))
top.add(layers.Dropout(0.5))
top.add(layers.Dense(3, activation="softmax"))
top.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
top.fit(bottleneck, labels, epochs=1, batch_size=4)
