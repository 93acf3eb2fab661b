import numpy as np
import keras
import tensorflow as tf
from keras import layers


class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.student = student
        self.teacher = teacher

    def compile(self, optimizer, student_loss_fn, distillation_loss_fn, temperature=3):
        super().compile(optimizer=optimizer)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.temperature = temperature

    def train_step(self, data):
        x, y = data
        teacher_predictions = self.teacher(x, training=False)
        with tf.GradientTape() as tape:
            student_predictions = self.student(x, training=True)
            loss = self.student_loss_fn(y, student_predictions)
            loss += self.distillation_loss_fn(
                tf.nn.softmax(teacher_predictions / self.temperature, axis=1),
                tf.nn.softmax(student_predictions / self.temperature, axis=1))
        gradients = tape.gradient(loss, self.student.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.student.trainable_variables))
        return {"loss": loss}

    def call(self, x):
        return self.student(x)


def cnn(width, classes):
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(width, 3, strides=2), layers.Flatten(), layers.Dense(classes)])


teacher = cnn(32, 10)
distiller = Distiller(cnn(8, 10), teacher)
distiller.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), keras.losses.KLDivergence())
distiller.fit(np.zeros((40, 28, 28, 1), "float32"), np.zeros((40,), "int64"), batch_size=8, epochs=1)
