import numpy as np
from tensorflow.keras.layers import LSTM, Activation, Dense, Dropout, Input
from tensorflow.keras.models import Sequential

BATCH, STEPS, FEATURES = 5, 5, 7


def dataset(samples):
    rng = np.random.RandomState(1)
    x = rng.rand(samples, STEPS, FEATURES)
    y = np.eye(2)[rng.randint(0, 2, samples)]
    return x, y


epo_num = 2
model = Sequential()
model.add(Input(batch_shape=(BATCH, STEPS, FEATURES)))
model.add(LSTM(12, return_sequences=True, stateful=True))
model.add(Activation("relu"))
model.add(Dropout(0.2))
model.add(LSTM(8, stateful=True))
model.add(Dense(2))
model.add(Activation("softmax"))
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
trainX, trainY = dataset(50)
for i in range(epo_num):
    print(f"Epochs {i + 1}/{epo_num}")
    model.fit(trainX, trainY, batch_size=BATCH, epochs=1, validation_split=0.2, shuffle=False)
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()
