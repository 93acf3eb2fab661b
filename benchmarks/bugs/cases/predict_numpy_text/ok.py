import numpy as np
import tensorflow as tf

reviews = tf.constant(["how nice", "what a bad day", "nice weather today", "bad bad day"])
labels = tf.constant([1.0, 0.0, 1.0, 0.0])
train = tf.data.Dataset.from_tensor_slices((reviews, labels)).batch(2)

encoder = tf.keras.layers.TextVectorization(max_tokens=200, output_sequence_length=12)
encoder.adapt(train.map(lambda text, label: text))

model = tf.keras.Sequential([
    encoder,
    tf.keras.layers.Embedding(
        input_dim=len(encoder.get_vocabulary()) + 1,
        output_dim=64,
        mask_zero=True,
    ),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(32)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(
    loss=tf.keras.losses.BinaryCrossentropy(),
    optimizer=tf.keras.optimizers.Adam(1e-4),
    metrics=["accuracy"],
)
model.fit(train, epochs=1)

pred_text = "how are you doing today?"
pred_text = tf.constant([[pred_text]])
print(model.predict(pred_text))
