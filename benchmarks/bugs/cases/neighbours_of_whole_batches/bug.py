import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

input_shape = (32, 32, 3)
k_neighbours = 5
num_clusters = 8
(x_train, _), (x_test, _) = keras.datasets.cifar10.load_data()
x_data = np.concatenate([x_train[:700], x_test[:150]]).astype("float32")


def create_encoder(representation_dim):
    encoder = keras.Sequential([
        keras.Input(shape=input_shape),
        layers.Rescaling(1 / 255.0),
        layers.Conv2D(16, 3, strides=4, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(representation_dim),
    ])
    return encoder


encoder = create_encoder(representation_dim=32)
feature_vectors = encoder.predict(x_data, batch_size=100, verbose=0)
feature_vectors = tf.math.l2_normalize(feature_vectors, -1)


def nearest(feature_vectors, batch_size=200):
    neighbours = []
    num_batches = feature_vectors.shape[0] // batch_size
    for batch_idx in range(num_batches):
        start_idx = batch_idx * batch_size
        end_idx = start_idx + batch_size
        current_batch = feature_vectors[start_idx:end_idx]
        similarities = tf.linalg.matmul(current_batch, feature_vectors, transpose_b=True)
        _, indices = tf.math.top_k(similarities, k=k_neighbours + 1, sorted=True)
        neighbours.append(indices[..., 1:])
    return np.reshape(np.array(tf.concat(neighbours, axis=0)), (-1, k_neighbours))


def create_clustering_model(encoder):
    anchor = keras.Input(shape=input_shape, name="anchors")
    others = keras.Input(shape=tuple([k_neighbours]) + input_shape, name="neighbours")
    flat = layers.Lambda(lambda x: tf.reshape(x, shape=(-1, *input_shape)), output_shape=input_shape)(others)
    clustering = layers.Dense(num_clusters, activation="softmax")
    return keras.Model([anchor, others], [clustering(encoder(anchor)), clustering(encoder(flat))])


neighbours = nearest(feature_vectors)
inputs = {"anchors": x_data, "neighbours": tf.gather(x_data, neighbours)}
learner = create_clustering_model(encoder)
clusters, _ = learner.predict(inputs, batch_size=50)
print(np.bincount(clusters.argmax(axis=1)))
