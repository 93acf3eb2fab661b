import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential

steps_backward, steps_forward = 24, 6
df = pd.DataFrame(np.random.rand(500, 3), columns=["load", "wind", "sun"])
scaler = MinMaxScaler()
values = scaler.fit_transform(df)
X, Y = [], []
for i in range(steps_backward, len(values) - steps_forward):
    X.append(values[i - steps_backward:i])
    Y.append(values[i:i + steps_forward, 0])
X, Y = np.array(X), np.array(Y)
model = Sequential()
model.add(LSTM(8, input_shape=(steps_backward, 3)))
model.add(Dense(steps_forward))
model.compile(optimizer="adam", loss="mse")
model.fit(X[:300], Y[:300], epochs=1, verbose=0)
Y_pred = model.predict(X[300:], verbose=0)
prediction = scaler.inverse_transform(Y_pred)
