import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential

X, Y = np.random.rand(60, 3), np.random.rand(60, 1)
X_Test = np.random.rand(5, 3)


class EarlyStoppingByLossVal(keras.callbacks.Callback):
    def __init__(self, monitor="loss", close_enough=0.001, too_far_away=50):
        super().__init__()
        self.monitor = monitor
        self.close_enough = close_enough
        self.too_far_away = too_far_away

    def on_epoch_begin(self, epoch, logs=None):
        current = self.predict(X_Test)
        if np.mean(current) > self.too_far_away:
            print("Epoch %05d: Starting too far" % epoch)
            self.model.stop_training = True

    def on_epoch_end(self, epoch, logs=None):
        if logs[self.monitor] < self.close_enough:
            self.model.stop_training = True


model = Sequential()
model.add(Input((3,)))
model.add(Dense(units=10, activation="relu"))
model.add(Dense(units=1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, Y, epochs=3, verbose=0, callbacks=[EarlyStoppingByLossVal()])
