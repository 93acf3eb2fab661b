import numpy as np
from keras import Input, Model
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D


def face_model(size):
    image = Input((size, size, 3))
    x = image
    for filters in (8, 16, 32):
        x = Conv2D(filters, 3, activation="relu")(x)
        x = MaxPooling2D()(x)
    x = Flatten()(x)
    age = Dense(1, activation="relu", name="age_output")(Dense(16, activation="relu")(x))
    gender = Dense(1, activation="sigmoid", name="gender_output")(Dense(16, activation="relu")(x))
    return Model(inputs=image, outputs=[gender, age])


faces = np.random.rand(10, 48, 48, 3)
ages = np.random.randint(1, 90, 10).astype("float32")
genders = np.random.randint(0, 2, 10).astype("float32")
model = face_model(48)
model.compile(
    optimizer="adam",
    loss={"gender_output": "binary_crossentropy", "age_output": "mae"},
    metrics={"gender_output": "accuracy", "age": "mae"},
)
model.fit(faces, [genders, ages], batch_size=5, epochs=1, verbose=0)
