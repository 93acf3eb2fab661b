import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

steps, variables = 9, 11
series = np.random.rand(steps + 1, variables)
x = series[:steps].reshape((1, steps, variables))
y = series[steps:]

model = Sequential()
model.add(Input((steps, variables)))
model.add(LSTM(32))
model.add(Dense(variables))
model.compile(loss="mse", optimizer="adam")
model.fit(x, y, epochs=2, verbose=0)
print(model.predict(x, verbose=0).shape)
