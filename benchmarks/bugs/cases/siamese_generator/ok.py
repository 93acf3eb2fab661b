import numpy as np
from tensorflow.keras import layers, Model

def pairs(batch):
    while True:
        a = np.random.rand(batch, 20)
        b = np.random.rand(batch, 20)
        y = np.random.randint(0, 2, (batch, 1))
        yield (a, b), y

left, right = layers.Input((20,)), layers.Input((20,))
tower = layers.Dense(8)
merged = layers.Concatenate()([tower(left), tower(right)])
model = Model([left, right], layers.Dense(1, activation="sigmoid")(merged))
model.compile("adam", "binary_crossentropy")
model.fit(pairs(8), steps_per_epoch=2, epochs=1)
