import numpy as np
from keras import layers, models

rng = np.random.default_rng(3)
train_data = rng.normal(size=(404, 13))
train_targets = rng.uniform(5, 50, size=404)

x_train = train_data.astype(np.float32)
mean, std = x_train.mean(axis=0), x_train.std(axis=0)
x_train = (x_train - mean) / std
y_train = train_targets.astype(np.float32)


def build_model():
    model = models.Sequential()
    model.add(layers.Input((x_train.shape[1],)))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(1))
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


model = build_model()
model.fit(x_train, y_train, epochs=2, batch_size=10, verbose=0)
errors = np.square(np.subtract(y_train, model.predict(x_train, verbose=0)[:, 0]))
print(errors.mean(), model.evaluate(x_train, y_train, verbose=0)[0])
