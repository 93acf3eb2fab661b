import numpy as np
import pandas as pd
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential, load_model


def churn_table(rows):
    return pd.DataFrame({
        "tenure": np.random.randint(0, 72, rows),
        "monthly": np.random.rand(rows) * 100,
        "contract": np.random.randint(0, 3, rows),
        "churn": np.random.randint(0, 2, rows),
    })


df = churn_table(120)
X = df.drop("churn", axis=1).astype("float32")
y = df["churn"]
X_train, y_train = X[:100], y[:100]

model = Sequential()
model.add(Input((len(X_train.columns),)))
model.add(Dense(units=32, activation="relu"))
model.add(Dense(units=64, activation="relu"))
model.add(Dense(units=1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="sgd", metrics=["accuracy"])
model.fit(X_train.values, y_train.values, epochs=1, batch_size=32, verbose=0)
model.save("tfmodel")
del model
model = load_model("tfmodel.keras")
print((model.predict(X[100:].values, verbose=0) > 0.5).sum())
