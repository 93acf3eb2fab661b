import numpy as np
import keras
import tensorflow as tf


class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.teacher = teacher
        self.student = student

    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.alpha = alpha
        self.temperature = temperature

    def call(self, x):
        return self.student(x)

    def train_step(self, data):
        x, y = data
        soft = tf.nn.softmax(self.teacher(x, training=False) / self.temperature)
        with tf.GradientTape() as tape:
            logits = self.student(x, training=True)
            loss = self.alpha * self.student_loss_fn(y, logits)
            loss += (1 - self.alpha) * self.distillation_loss_fn(soft, tf.nn.softmax(logits / self.temperature))
        variables = self.student.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return {"loss": loss}


def classifier(width):
    return keras.Sequential([keras.Input((12,)), keras.layers.Dense(width, "relu"), keras.layers.Dense(4)])


distiller = Distiller(classifier(8), classifier(64))
distiller.compile(
    optimizer="adam",
    metrics=None,
    student_loss_fn=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    distillation_loss_fn=keras.losses.KLDivergence(),
    alpha=0.1,
    temperature=10,
)
distiller.fit(np.random.rand(32, 12), np.random.randint(0, 4, 32), epochs=1, verbose=0)
