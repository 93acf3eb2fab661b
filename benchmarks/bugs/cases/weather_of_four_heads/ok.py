import keras
import numpy as np
import pandas as pd
from keras.layers import LSTM, Dense

features = pd.DataFrame(np.random.rand(400, 10))
train_split = 300
train_data = features.loc[0:train_split - 1]
x_train = train_data.iloc[:, :6].values
targets = [train_data.iloc[:, k].values for k in (6, 7, 8, 9)]
combined = np.stack(targets, axis=-1)
dataset_train = keras.utils.timeseries_dataset_from_array(
    x_train, combined, sequence_length=20, sampling_rate=1, batch_size=16, shuffle=True,
)
inputs = keras.layers.Input(shape=(20, 6), name="meteo")
lstm = LSTM(10, return_sequences=True)(inputs)
heads = Dense(4)(keras.layers.Flatten()(lstm))
model = keras.Model(inputs, heads)
model.compile(optimizer="adam", loss="mse")
model.fit(dataset_train, epochs=1, verbose=0)
