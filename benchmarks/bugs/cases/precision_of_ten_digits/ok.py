import tensorflow as tf
import tensorflow.keras as k

mnist = k.datasets.mnist


def normalised():
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    return (x_train / 255.0, y_train), (x_test / 255.0, y_test)


def make_model(metrics):
    model = k.models.Sequential([
        k.layers.Input((28, 28)),
        k.layers.Flatten(),
        k.layers.Dense(128, activation=tf.nn.elu),
        k.layers.Dense(10, activation=tf.nn.softmax),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=metrics)
    return model


METRICS = {"precision": k.metrics.Precision(), "accuracy": "accuracy"}
chosen = ["accuracy"]
(x_train, y_train), test = normalised()
model = make_model([METRICS[name] for name in chosen])
model.fit(x_train, y_train, epochs=1, batch_size=256, validation_data=test)
