import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def unet_mini(n_classes, input_height=48, input_width=64, width=8):
    img_input = keras.Input((input_height, input_width, 3))
    conv1 = layers.Conv2D(width, 3, activation="relu", padding="same")(img_input)
    pool1 = layers.MaxPooling2D(2)(conv1)
    conv2 = layers.Conv2D(width * 2, 3, activation="relu", padding="same")(pool1)
    up1 = layers.concatenate([layers.UpSampling2D(2)(conv2), conv1])
    o = layers.Conv2D(n_classes, 1, padding="same")(up1)
    o = layers.Reshape((input_height * input_width, -1))(o)
    model = keras.Model(img_input, layers.Activation("softmax")(o))
    model.n_classes = n_classes
    return model


def images(count, batch_size, height=48, width=64):
    for _ in range(count // batch_size):
        yield np.random.randint(0, 256, (batch_size, height, width, 3)) / 255.0


def perform_distilation(data, teacher_model, student_model, distilation_loss="kl", epochs=1):
    losses = {"kl": "kl_divergence", "l1": "mae", "l2": "mse"}
    student_model.compile(optimizer="adam", loss=losses[distilation_loss])
    for epoch in range(epochs):
        for x in data:
            y = teacher_model.predict(x, verbose=0)
            student_model.train_on_batch(x, y)
        print("Finished epoch", epoch)


model_large = unet_mini(n_classes=2, width=16)
model_small = unet_mini(n_classes=2)
perform_distilation(list(images(12, 4)), teacher_model=model_large, student_model=model_small)
