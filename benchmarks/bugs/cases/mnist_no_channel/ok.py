import tensorflow as tf

fashion = tf.keras.datasets.fashion_mnist
(x_train, y_train), (x_test, y_test) = fashion.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0
x_train = x_train[..., tf.newaxis]

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = tf.keras.layers.Conv2D(6, (5, 5), activation="sigmoid")
        self.p1 = tf.keras.layers.MaxPool2D((2, 2), strides=2)
        self.flatten = tf.keras.layers.Flatten()
        self.f1 = tf.keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        x = self.c1(x)
        x = self.p1(x)
        return self.f1(self.flatten(x))

model = Net()
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(), metrics=["sparse_categorical_accuracy"])
model.fit(x_train[:64], y_train[:64], batch_size=32, epochs=1)
