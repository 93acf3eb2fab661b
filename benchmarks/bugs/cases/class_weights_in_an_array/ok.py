import numpy as np
from sklearn.preprocessing import LabelEncoder
from tensorflow.keras.layers import (
    LSTM, Activation, BatchNormalization, Conv1D, Dense, Dropout, GlobalAveragePooling1D, Input, Permute, concatenate,
)
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.utils import to_categorical

MAX_SEQUENCE_LENGTH = 150
NB_CLASS = 2


def generate_lstmfcn(MAX_SEQUENCE_LENGTH, NB_CLASS, NUM_CELLS=8):
    ip = Input(shape=(1, MAX_SEQUENCE_LENGTH))
    x = LSTM(NUM_CELLS)(ip)
    x = Dropout(0.8)(x)
    y = Permute((2, 1))(ip)
    for filters, size in ((16, 8), (32, 5), (16, 3)):
        y = Conv1D(filters, size, padding="same", kernel_initializer="he_uniform")(y)
        y = BatchNormalization()(y)
        y = Activation("relu")(y)
    y = GlobalAveragePooling1D()(y)
    x = concatenate([x, y])
    return Model(ip, Dense(NB_CLASS, activation="softmax")(x))


def load_dataset(samples=50):
    X = np.random.rand(samples, MAX_SEQUENCE_LENGTH)
    y = np.arange(samples) % 2 * 2 - 1
    return np.expand_dims((X - X.mean()) / (X.std() + 1e-8), axis=1), y[:, None]


def train_model(model, epochs=1, batch_size=16, learning_rate=1e-3):
    X_train, y_train = load_dataset()
    X_test, y_test = load_dataset(20)
    classes = np.unique(y_train)
    le = LabelEncoder()
    y_ind = le.fit_transform(y_train.ravel())
    recip_freq = len(y_train) / (len(le.classes_) * np.bincount(y_ind).astype(np.float64))
    class_weight = recip_freq[le.transform(classes)]
    y_train = to_categorical(y_ind, len(classes))
    y_test = to_categorical(le.transform(y_test.ravel()), len(classes))
    model.compile(optimizer=Adam(learning_rate), loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(X_train, y_train, batch_size=batch_size, epochs=epochs, class_weight=dict(enumerate(class_weight)), verbose=0,
              validation_data=(X_test, y_test))


train_model(generate_lstmfcn(MAX_SEQUENCE_LENGTH, NB_CLASS))
