import keras
from keras import layers

mel = keras.Input((120, 40), name="mel")
pitch = keras.Input((120, 1), name="pitch")
a = layers.Conv1D(16, 5, padding="same", activation="relu")(mel)
a = layers.MaxPooling1D(2)(a)
a = layers.Bidirectional(layers.LSTM(16, return_sequences=True))(a)
b = layers.MaxPooling1D(2)(layers.Conv1D(8, 5, padding="same", activation="relu")(pitch))
x = layers.Concatenate(axis=-1)([a, b])
x = layers.GlobalAveragePooling1D()(x)
model = keras.Model([mel, pitch], layers.Dense(4, activation="softmax")(x))
