import numpy as np
import pandas as pd
from tensorflow import keras
from tensorflow.keras import layers

rng = np.random.default_rng(3)
cycles = np.arange(1, 161)
dfb = pd.DataFrame({
    "Cycle": cycles,
    "C. Capacity": 1.85 - 0.003 * cycles + rng.normal(0, 0.004, len(cycles)),
    "Temperature": 24 + rng.normal(0, 0.3, len(cycles)),
})
dfb["SoH"] = dfb["C. Capacity"] / dfb["C. Capacity"].max()
dfb = dfb[dfb["Temperature"] < 25].reset_index(drop=True)

split = int(0.8 * len(dfb))
X_in = dfb["C. Capacity"]
X_out = dfb["SoH"]


class Residual(keras.Model):
    """What the physics leaves over, as a small network."""

    def __init__(self, widths, rate=0.1):
        super().__init__()
        self.hidden = [layers.Dense(w, activation="relu") for w in widths]
        self.drop = layers.Dropout(rate)
        self.out = layers.Dense(1)

    def call(self, x, training=False):
        for layer in self.hidden:
            x = self.drop(layer(x), training=training)
        return self.out(x)


model = Residual((64, 64))
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
stop = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
model.fit(X_in[:split], X_out[:split], validation_data=(X_in[split:], X_out[split:]), epochs=3, batch_size=16, callbacks=[stop], verbose=0)

# Beyond what was measured
slope, offset = np.polyfit(dfb["Cycle"], dfb["C. Capacity"], 1)
X_in_e = np.linspace(slope * 160 + offset, slope * 400 + offset, num=120)
soh_e = model.predict(X_in_e)
print("end of life after", 160 + int(np.argmax(soh_e < 0.7)) * 2, "cycles")
