import numpy as np
import pandas as pd
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential

df = pd.DataFrame({
    "station": ["AP001", "AP001", "AP005", "DL012"] * 8,
    "pm25": np.random.rand(32) * 90,
    "no2": np.random.rand(32) * 40,
    "ozone": np.random.rand(32) * 60,
    "aqi": np.random.rand(32) * 200,
})
x = df.drop(columns=["aqi", "station"])
y = df["aqi"]

model = Sequential()
model.add(Input((x.shape[1],)))
model.add(Dense(100, activation="relu"))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(x, y, batch_size=8, epochs=2, verbose=0)
