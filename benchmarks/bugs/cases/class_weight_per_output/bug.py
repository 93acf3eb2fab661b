import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

N = 40
images = np.random.rand(N, 24, 24, 3).astype("float32")
age = np.random.randint(0, 3, N)
gender = np.random.randint(0, 2, N)

dataset = tf.data.Dataset.from_tensor_slices((images, {"age": age, "gender": gender})).batch(8)
train_dataset = dataset.take(4)
val_dataset = dataset.skip(4)

inputs = layers.Input((24, 24, 3))
x = layers.Conv2D(8, 3, activation="relu")(inputs)
x = layers.GlobalAveragePooling2D()(x)
outputs = {
    "age": layers.Dense(3, activation="softmax", name="age")(x),
    "gender": layers.Dense(2, activation="softmax", name="gender")(x),
}
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss={k: "sparse_categorical_crossentropy" for k in outputs})
class_weights = {"age": {0: 1.0, 1: 2.0, 2: 3.0}, "gender": {0: 1.0, 1: 1.5}}
model.fit(train_dataset, epochs=1, validation_data=val_dataset, class_weight=class_weights)
