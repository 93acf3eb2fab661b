import keras
import numpy as np
from keras import layers


def build_multiple_outputs_model():
    a = layers.Input((1,))
    b = layers.Input((1,))
    output_a = layers.Dense(1)(a)
    output_b = layers.Dense(1)(b)
    output_c = layers.Dense(1)(layers.concatenate([layers.Dense(1)(a), layers.Dense(1)(b)]))
    return keras.Model(inputs=[a, b], outputs=[output_a, output_b, output_c])


model = build_multiple_outputs_model()
model.compile(optimizer="adam", loss=keras.losses.MeanSquaredError())
x_batch = [np.random.rand(8, 1), np.random.rand(8, 1)]
y_true = (np.ones((8, 1)), np.ones((8, 1)), np.ones((8, 1)))
y_pred = model.predict_on_batch(x_batch)
loss_fn = keras.losses.MeanSquaredError()
total = loss_fn(y_true, y_pred)
print(float(total))
