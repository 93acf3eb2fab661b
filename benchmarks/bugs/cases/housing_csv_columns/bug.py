import numpy as np
import pandas as pd
from keras.layers import Dense, Input
from keras.models import Sequential
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("housing.csv")
X = df.drop(["price", "zip"], axis=1)
y = df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)


def baseline(width=6):
    model = Sequential()
    model.add(Input((width,)))
    model.add(Dense(12, activation="relu"))
    model.add(Dense(1))
    model.compile(loss="mean_squared_error", optimizer="adam")
    return model


model = baseline()
model.fit(X_train, y_train, epochs=1, batch_size=2, verbose=0)
print(model.evaluate(X_test, y_test))
