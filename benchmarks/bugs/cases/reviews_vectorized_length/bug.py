import tensorflow as tf
from tensorflow.keras import layers

MAX_FEATURES = 1000
SEQUENCE_LENGTH = 250
texts = ["what a film", "I did not like it at all", "great cast and great plot", "boring"] * 4
labels = [1, 0, 1, 0] * 4

raw_train = tf.data.Dataset.from_tensor_slices((texts, labels)).batch(4)
vectorize_layer = layers.TextVectorization(
    max_tokens=MAX_FEATURES,
    output_mode="int",
    output_sequence_length=100,
)
vectorize_layer.adapt(raw_train.map(lambda text, label: text))


def vectorize_text(text, label):
    text = tf.expand_dims(text, -1)
    return vectorize_layer(text), label


train = raw_train.map(vectorize_text).cache().prefetch(tf.data.AUTOTUNE)
model = tf.keras.Sequential([
    layers.Input((SEQUENCE_LENGTH,)),
    layers.Embedding(MAX_FEATURES + 1, 16),
    layers.Dropout(0.2),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(train, epochs=1)
