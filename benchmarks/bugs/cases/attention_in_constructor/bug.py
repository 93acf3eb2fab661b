from keras.layers import LSTM, Attention, Concatenate, Dense, GlobalAveragePooling1D, Input
from keras.models import Model


def classifier(steps, features, classes):
    inputs = Input(shape=(steps, features))
    lstm_out = LSTM(128, return_sequences=True)(inputs)
    attention_out = Attention([lstm_out, lstm_out, lstm_out])
    merged = Concatenate()([GlobalAveragePooling1D()(lstm_out),
                            GlobalAveragePooling1D()(attention_out)])
    return Model(inputs, Dense(classes, activation="softmax")(merged))


classifier(10, 64, 5).summary()
