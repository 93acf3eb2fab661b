import tensorflow as tf

BUFFER_SIZE, BATCH_SIZE, VOCAB = 100, 8, 400
reviews = tf.ragged.range(tf.constant([5, 9, 3, 14, 7, 6, 11, 4] * 4))
labels = tf.constant([0, 1] * 16)

train_data = tf.data.Dataset.from_generator(
    lambda: ((review.numpy(), label.numpy()) for review, label in zip(reviews, labels)),
    output_signature=(
        tf.TensorSpec((None,), tf.int32),
        tf.TensorSpec((), tf.int32),
    ),
)
train_dataset = train_data.shuffle(BUFFER_SIZE).padded_batch(BATCH_SIZE)

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(VOCAB, 16),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(16)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model.fit(train_dataset, epochs=1)
