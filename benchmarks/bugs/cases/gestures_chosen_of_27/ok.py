import csv
import io

import numpy as np
import tensorflow as tf

LABELS = "\n".join(f"gesture {number}" for number in range(27))
TRAIN = "id;label\n" + "\n".join(f"{100 + i};gesture {i % 27}" for i in range(216))

labels = [row[0] for row in csv.reader(io.StringIO(LABELS))]
chosen = ["gesture 3", "gesture 12", "gesture 21", "gesture 26"]


def load(text):
    videos, targets = [], []
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        name = row["label"]
        if name in chosen:
            frames = np.random.rand(30, 64, 96, 1)[::3, ::2, ::3]
            videos.append(frames.astype("float32"))
            targets.append(chosen.index(name))
    return np.array(videos), np.array(targets)


class Conv3DModel(tf.keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv3D(8, (3, 3, 3), activation="relu", name="conv1")
        self.pool1 = tf.keras.layers.MaxPool3D(pool_size=(2, 2, 2))
        self.convLSTM = tf.keras.layers.ConvLSTM2D(8, (3, 3))
        self.flatten = tf.keras.layers.Flatten()
        self.out = tf.keras.layers.Dense(num_classes, activation="softmax", name="output")

    def call(self, x):
        x = self.pool1(self.conv1(x))
        return self.out(self.flatten(self.convLSTM(x)))


x_train, y_train = load(TRAIN)
model = Conv3DModel(len(chosen))
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy()
optimizer = tf.keras.optimizers.Adam()
train_loss = tf.keras.metrics.Mean(name="train_loss")


@tf.function
def train_step(image, targets):
    with tf.GradientTape() as tape:
        predictions = model(image)
        loss = loss_fn(targets, predictions)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    train_loss(loss)


train_dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train))
for epoch in range(2):
    for images_batch, targets_batch in train_dataset.batch(8):
        train_step(images_batch, targets_batch)
    print("Epoch {}, Loss: {}".format(epoch + 1, train_loss.result()))
    train_loss.reset_state()
