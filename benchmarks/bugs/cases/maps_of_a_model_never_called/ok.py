import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def build(shape, classes):
    model = tf.keras.Sequential(name="classifier")
    model.add(layers.Conv2D(8, 3, activation="relu", name="first"))
    model.add(layers.Conv2D(8, 3, activation="relu", name="last"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.build((None, *shape))
    return model


def layer_cam(img, model, label_index, layer_name):
    inputs = model.inputs
    grad_model = tf.keras.Model(inputs, [model.get_layer(layer_name).output, model.outputs[0]])
    with tf.GradientTape() as tape:
        features, predictions = grad_model(img[None])
        loss = predictions[:, label_index]
    grads = tape.gradient(loss, features)
    return tf.reduce_sum(tf.nn.relu(grads) * features, axis=-1)[0]


model = build((32, 32, 3), 4)
sample = np.random.rand(32, 32, 3).astype("float32")
model.predict(sample[None], verbose=0)
print(layer_cam(sample, model, 0, "last").shape)
