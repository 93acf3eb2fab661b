import numpy as np
import tensorflow as tf

SENTENCES, WORDS, TAGS = 24, 12, 3

y = np.random.randint(0, TAGS, size=(SENTENCES, WORDS))
x = np.random.rand(SENTENCES, WORDS, 20).astype("float32")
y_true = tf.one_hot(y, TAGS)

model = tf.keras.Sequential([
    tf.keras.Input((WORDS, 20)),
    tf.keras.layers.Bidirectional(tf.keras.layers.GRU(16, return_sequences=True)),
    tf.keras.layers.Dense(TAGS, activation="softmax"),
])
accuracy = tf.keras.metrics.CategoricalAccuracy()
model.compile("adam", "categorical_crossentropy", metrics=[accuracy])
model.fit(x, y_true, epochs=1, verbose=0)

y_pred = model.predict(x, verbose=0)
accuracy.update_state(y_true, y_pred)
f1 = tf.keras.metrics.F1Score(average=None)
f1.update_state(tf.reshape(y_true, (-1, TAGS)), y_pred.reshape(-1, TAGS))
print(accuracy.result().numpy(), f1.result().numpy())
