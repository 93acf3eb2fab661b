import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow import keras

df = pd.DataFrame({
    "age": [22.0, 38.0, 26.0, 35.0] * 10,
    "fare": [7.25, 71.28, 7.92, 53.1] * 10,
    "sex": ["male", "female", "female", "male"] * 10,
    "survived": [0, 1, 1, 1] * 10,
})
df["sex"] = df["sex"].replace({"male": "0", "female": "1"})
X = df.drop("survived", axis=1).to_numpy()
y = df["survived"].to_numpy()
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)

model = keras.Sequential([
    keras.layers.Input(shape=(3,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=2, batch_size=8, validation_data=(X_test, y_test))
