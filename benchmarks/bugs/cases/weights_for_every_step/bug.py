import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

lookback, variables = 3, 4
series = np.random.rand(100, variables)
x = np.stack([series[i:i + lookback] for i in range(90)])
y = series[lookback:lookback + 90, :1]
seen = np.random.rand(90, lookback) > 0.1

model = keras.Sequential([
    layers.Input((lookback, variables)),
    layers.LSTM(8),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(x, y, sample_weight=seen.astype("float32"), batch_size=10, epochs=1, verbose=0)
