import numpy as np
import tensorflow as tf
from PIL import Image

page = Image.new("L", (600, 80), 255)
boxes = [(10, 8, 66, 64), (80, 8, 136, 64), (150, 8, 206, 64)]

list_of_arrays = []
for left, top, right, bottom in boxes:
    letter = page.crop((left - 2, top, right + 2, bottom)).resize((28, 28))
    list_of_arrays.append(np.array(letter.convert("LA")))
x_new = np.array(list_of_arrays) / 255.0

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

model = tf.keras.models.Sequential([
    tf.keras.Input((28, 28)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(10),
])
loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1, verbose=0)
predictions = model(x_new[:1]).numpy()
print(tf.nn.softmax(predictions).numpy().argmax())
