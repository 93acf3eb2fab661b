import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

MAX_LEN, VOCAB = 32, 500


def encode(texts):
    ids = np.random.randint(1, VOCAB, (len(texts), MAX_LEN))
    mask = np.ones_like(ids)
    return {"input_ids": ids, "attention_mask": mask}


def build_model():
    ids = layers.Input((MAX_LEN,), dtype="int32", name="input_ids")
    mask = layers.Input((MAX_LEN,), dtype="int32", name="attention_mask")
    kinds = layers.Input((MAX_LEN,), dtype="int32", name="token_type_ids")
    x = layers.Embedding(VOCAB, 16)(ids) + layers.Embedding(2, 16)(kinds)
    x = x * tf.keras.ops.expand_dims(tf.keras.ops.cast(mask, "float32"), -1)
    x = layers.GlobalAveragePooling1D()(x)
    return tf.keras.Model([ids, mask, kinds], layers.Dense(2, activation="softmax")(x))


texts = ["good", "bad", "fine", "awful"] * 4
labels = [1, 0, 1, 0] * 4
dataset = tf.data.Dataset.from_tensor_slices((encode(texts), labels)).shuffle(16).batch(4)
model = build_model()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(dataset, epochs=1)
