import random

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Activation, Dense, Input
from tensorflow.keras.models import Sequential


class SimpleMLP:
    @staticmethod
    def build(shape, classes):
        model = Sequential()
        model.add(Input((shape,)))
        model.add(Dense(50))
        model.add(Activation("relu"))
        model.add(Dense(classes))
        model.add(Activation("softmax"))
        return model


def create_clients(image_list, label_list, num_clients=4, initial="client"):
    names = ["{}_{}".format(initial, i + 1) for i in range(num_clients)]
    data = list(zip(image_list, label_list))
    random.shuffle(data)
    size = len(data) // num_clients
    shards = [data[i : i + size] for i in range(0, size * num_clients, size)]
    return {names[i]: shards[i] for i in range(num_clients)}


def batch_data(data_shard, bs=8):
    data, label = zip(*data_shard)
    dataset = tf.data.Dataset.from_tensor_slices((list(data), list(label)))
    return dataset.shuffle(len(label)).batch(bs)


def digits(count):
    images = []
    for i in range(count):
        side = 28
        images.append(np.random.randint(0, 256, (side, side)).flatten() / 255)
    return images, np.eye(10)[np.random.randint(0, 10, count)]


images, labels = digits(80)
clients = create_clients(images, labels)
clients_batched = {}
for name, data in clients.items():
    clients_batched[name] = batch_data(data)

model = SimpleMLP.build(784, 10)
model.compile(loss="categorical_crossentropy", optimizer="sgd")
for name, dataset in clients_batched.items():
    model.fit(dataset, epochs=1, verbose=0)
