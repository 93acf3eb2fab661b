import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dropout, Input, Layer
from tensorflow.keras.models import Model


class GraphConv(Layer):
    def __init__(self, channels, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.activation = tf.keras.activations.get(activation)

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[0][-1], self.channels), name="kernel")

    def call(self, inputs):
        x, a = inputs
        return self.activation(tf.matmul(a, tf.matmul(x, self.kernel)))


N, F, n_classes = 120, 50, 7
X = np.random.rand(N, F).astype("float32")
A = np.eye(N, dtype="float32")
y = tf.keras.utils.to_categorical(np.arange(N) % n_classes)

X_in, A_in = Input(shape=(F,)), Input(shape=(N,))
X_1 = GraphConv(16, "relu")([Dropout(0.5)(X_in), A_in])
X_2 = GraphConv(n_classes, "softmax")([Dropout(0.5)(X_1), A_in])
model = Model(inputs=[X_in, A_in], outputs=X_2)
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit([X, A], y, batch_size=N, epochs=2, shuffle=False, verbose=0)

hidden = Model(inputs=model.inputs, outputs=X_1)
print(hidden.predict([X, A], verbose=0).shape)
