import pandas as pd
import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

FEATURES = ["rooms", "area", "age", "distance"]
df = pd.DataFrame({c: np.random.rand(50) for c in FEATURES + ["price"]})
X = df[FEATURES[:3]].values
y = df["price"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
model = Sequential([Input((len(FEATURES),)), Dense(8, activation="relu"), Dense(1)])
model.compile(optimizer="adam", loss="mae")
model.fit(X_train, y_train, epochs=1)
