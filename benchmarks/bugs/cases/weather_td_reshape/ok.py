import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Input, LSTM, MaxPooling2D, Reshape, TimeDistributed, UpSampling2D

num_steps = 50
lats = 128
lons = 128
features = 4
out_feats = 3

model = Sequential()
model.add(Input((num_steps, lats, lons, features)))
for filters in (16, 32, 32):
    model.add(TimeDistributed(Conv2D(filters, (3, 3), activation='relu', padding='same')))
    model.add(TimeDistributed(MaxPooling2D(pool_size=(2, 2))))
model.add(TimeDistributed(Flatten()))
model.add(LSTM(units=64, return_sequences=True))
model.add(TimeDistributed(Reshape((8, 8, 1))))
for filters in (32, 32, 16, 16):
    model.add(TimeDistributed(UpSampling2D((2, 2))))
    model.add(TimeDistributed(Conv2D(filters, (3, 3), activation='relu', padding='same')))
model.add(TimeDistributed(Conv2D(out_feats, (3, 3), padding='same')))
model.compile(optimizer='adam', loss='mse')
print(model.output_shape)
