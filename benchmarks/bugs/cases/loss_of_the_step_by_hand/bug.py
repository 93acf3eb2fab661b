import numpy as np
import tensorflow as tf
from tf_keras import Sequential
from tf_keras.layers import Dense
from tf_keras.metrics import Mean


class CustomModel(Sequential):
    def __init__(self, layers):
        super().__init__(layers)
        self.loss_tracker = Mean(name="loss")

    def errors(self, y, y_pred):
        return tf.square(y - y_pred)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean(self.errors(y, y_pred))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    @property
    def metrics(self):
        return [self.loss_tracker]


x = np.concatenate((np.zeros((40, 1)), np.ones((40, 1)))).astype("float32")
y_true = (np.random.rand(80) * 100).astype("float32")

model = CustomModel([Dense(1, input_dim=1)])
model.compile("adam")
history = model.fit(x, y_true, epochs=2, batch_size=16, verbose=0)
print(history.history["loss"])
