import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras

POSES = ["chair", "cobra", "dog", "tree", "warrior", "bridge", "plank"]
LANDMARKS = 17


def make_csv():
    rows = []
    for number, pose in enumerate(POSES):
        for k in range(20):
            rows.append([f"{pose}_{k}.jpg", *np.random.rand(LANDMARKS * 3), number, pose])
    names = [f"{part}_{i}" for i in range(LANDMARKS) for part in ("x", "y", "score")]
    return pd.DataFrame(rows, columns=["file_name", *names, "class_no", "class_name"])


def load_pose_landmarks(dataframe):
    df_to_process = dataframe.copy()
    df_to_process.drop(columns=["file_name"], inplace=True)
    classes = df_to_process.pop("class_name").unique()
    y = df_to_process.pop("class_no")
    X = df_to_process.astype("float64")
    y = keras.utils.to_categorical(y)
    return X, y, classes, dataframe


X, y, class_names, _ = load_pose_landmarks(make_csv())

inputs = tf.keras.Input(shape=(51,))
embedding = keras.layers.Reshape((17, 3))(inputs)
embedding = keras.layers.Flatten()(embedding[:, :, :2])
layer = keras.layers.Dense(128, activation=tf.nn.relu6)(embedding)
layer = keras.layers.Dropout(0.5)(layer)
outputs = keras.layers.Dense(len(class_names), activation="softmax")(layer)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, batch_size=16)
