import numpy as np
import pandas as pd
from tensorflow import keras

loans = pd.DataFrame({
    "loan_amnt": np.arange(60) * 500.0 + 1000,
    "annual_inc": np.arange(60) * 900.0 + 20000,
    "term": ["36 months", "60 months"] * 30,
    "home_ownership": ["RENT", "OWN", "MORTGAGE"] * 20,
    "purpose": ["car", "credit_card", "house", "medical", "moving"] * 12,
    "fraction_recovered": np.linspace(0, 1, 60),
})


def prepare(frame):
    frame = pd.get_dummies(frame, columns=["term", "home_ownership", "purpose"], dtype=float)
    return frame.values.astype("float32")


X = prepare(loans.drop(columns=["fraction_recovered"]))
y = loans["fraction_recovered"].values

model = keras.Sequential([
    keras.Input((X.shape[1],)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dropout(0.3),
    keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="msle")
model.fit(X, y, epochs=1, batch_size=16, verbose=0)

application = pd.DataFrame([{
    "loan_amnt": 9000.0, "annual_inc": 51000.0,
    "term": "36 months", "home_ownership": "RENT", "purpose": "car",
}])
print(model.predict(prepare(application), verbose=0))
