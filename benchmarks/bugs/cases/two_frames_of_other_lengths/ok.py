import numpy as np
import pandas as pd
from tensorflow import keras
from tensorflow.keras.layers import Dense, Input

first = pd.DataFrame(np.random.rand(150, 5), columns=list("abcde"))
second = pd.DataFrame(np.random.rand(150, 4), columns=list("abcd"))
x1, y1 = first.drop(columns="e"), first["e"]
x2, y2 = second.drop(columns="d"), second["d"]


def sub_model(number, width):
    inputs = Input((width,), name=f"input{number}")
    hidden = Dense(16, activation="relu")(inputs)
    return inputs, Dense(1, name=f"output{number}")(hidden)


in1, out1 = sub_model(1, x1.shape[1])
in2, out2 = sub_model(2, x2.shape[1])
model = keras.Model([in1, in2], [out1, out2])
model.compile("adam", loss={"output1": "mse", "output2": "mse"})
model.fit({"input1": x1.to_numpy(), "input2": x2.to_numpy()},
          {"output1": y1.to_numpy(), "output2": y2.to_numpy()}, epochs=2)
