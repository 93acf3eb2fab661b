import numpy as np
from tensorflow.keras.applications import MobileNet
from tensorflow.keras.utils import to_categorical

img_width, img_height = 96, 96
batch_size, epochs = 4, 1
train_samples, valid_samples = 8, 4

photos = np.random.rand(train_samples + valid_samples, img_width, img_height, 3)
kinds = to_categorical(np.arange(train_samples + valid_samples) % 2)

model = MobileNet(weights=None, include_top=True, input_shape=(img_width, img_height, 3))
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(photos[:train_samples], kinds[:train_samples], batch_size=batch_size, epochs=epochs,
          validation_data=(photos[train_samples:], kinds[train_samples:]))
