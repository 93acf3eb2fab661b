import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

VOCAB_SIZE = 50
SEQUENCE_LENGTH = 8


def text_model(samples):
    vectorizer = layers.TextVectorization(
        max_tokens=VOCAB_SIZE, output_mode="int", output_sequence_length=SEQUENCE_LENGTH)
    vectorizer.adapt(samples)
    model = tf.keras.Sequential([
        tf.keras.Input((1,), dtype="string"),
        vectorizer,
        layers.Embedding(VOCAB_SIZE, 16),
        layers.GlobalAveragePooling1D(),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile("adam", "binary_crossentropy")
    return model


samples = ["this is an example", "another good example", "a bad one", "not good at all"]
labels = np.array([1.0, 1.0, 0.0, 0.0])
model = text_model(samples)
model.fit(tf.constant(samples)[:, None], labels, epochs=1, verbose=0)
new = ["was this a good one", "or a bad one"]
print(model.predict(new, verbose=0))
