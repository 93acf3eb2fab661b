import numpy as np
import keras
from keras.layers import Dense, Embedding, GlobalAveragePooling1D, Input, Lambda, Softmax

VOCABULARY = 500
LENGTH = 20


def dot_attention(x, units=32):
    q = Dense(units, use_bias=False, name="query")(x)
    k = Dense(units, use_bias=False, name="key")(x)
    v = Dense(units, use_bias=False, name="value")(x)
    scores = Lambda(
        lambda t: keras.ops.matmul(t[0], keras.ops.transpose(t[1], (0, 2, 1))) / units**0.5,
        output_shape=(LENGTH, LENGTH),
    )([q, k])
    weights = Softmax(axis=-1, name="weights")(scores)
    return Lambda(lambda t: keras.ops.matmul(t[0], t[1]), output_shape=(LENGTH, units))([weights, v])


inputs = Input(shape=(LENGTH,), dtype="int32")
x = Embedding(VOCABULARY, 32)(inputs)
x = dot_attention(x)
x = GlobalAveragePooling1D()(x)
outputs = Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.summary()

texts = np.random.randint(0, VOCABULARY, (64, LENGTH))
labels = np.random.randint(0, 2, (64, 1))
model.fit(texts, labels, batch_size=16, epochs=1, verbose=0)
