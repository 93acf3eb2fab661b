import numpy as np
from tensorflow.keras import layers, models

model = models.Sequential([
    layers.Input((32, 32, 3)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.Conv2D(3, 1, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
x = np.random.rand(10, 32, 32, 3)
y = np.random.randint(0, 3, (10, 32, 32, 1))
weights = np.ones((10, 32, 32))
weights[:, :8] = 0.5
model.fit(x, y, sample_weight=weights, batch_size=5, verbose=0)
