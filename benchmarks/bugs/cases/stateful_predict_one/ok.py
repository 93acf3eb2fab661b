import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, LSTM
from tensorflow.keras.models import Sequential

batch_size = 32
sequence_length = 5
num_features = 1
num_samples = (100 // batch_size) * batch_size

X_train = np.random.rand(num_samples, sequence_length, num_features)
y_train = np.random.rand(num_samples, 1)

model = Sequential()
model.add(Input(batch_shape=(batch_size, sequence_length, num_features)))
model.add(LSTM(16, stateful=True, return_sequences=True))
model.add(LSTM(16, stateful=True))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X_train, y_train, batch_size=batch_size, epochs=1, shuffle=False)

last = X_train[-1].reshape(1, sequence_length, num_features)
print(model.predict(np.repeat(last, batch_size, axis=0), batch_size=batch_size)[0])
