import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def make_model(n_features):
    inputs = keras.Input((n_features,))
    x = layers.Dense(32, activation="relu")(inputs)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=[keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")],
    )
    return model


def report(model, x, y):
    scores = model.evaluate(x, y, verbose=0, return_dict=True)
    p, r = scores["precision"], scores["recall"]
    print(f"precision {p:.3f} recall {r:.3f} f1 {2 * p * r / (p + r + 1e-9):.3f}")


if __name__ == "__main__":
    x = np.random.rand(200, 9)
    y = (x[:, 0] > 0.5).astype("int32")
    model = make_model(9)
    model.fit(x, y, epochs=1, verbose=0)
    report(model, x, y)
