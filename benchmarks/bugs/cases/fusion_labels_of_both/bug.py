import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D, concatenate
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.utils import to_categorical


def camera(seed, count=60):
    rng = np.random.RandomState(seed)
    return rng.rand(count, 32, 32, 1), to_categorical(rng.randint(0, 3, count), 3)


def branch(shape):
    image = Input(shape=shape)
    x = Conv2D(4, (3, 3), activation="relu")(image)
    x = MaxPooling2D((2, 2))(x)
    x = Flatten()(x)
    return image, Dense(10, activation="relu")(x)


train_x1, train_y1 = camera(1)
train_x2, train_y2 = camera(2)
input1, branch1 = branch(train_x1.shape[1:])
input2, branch2 = branch(train_x2.shape[1:])
model_list = [branch1, branch2]
merged = concatenate(model_list, axis=1)
x = Dense(10, activation="relu")(merged)
output = Dense(3, activation="softmax")(x)
final_model = Model(inputs=[input1, input2], outputs=output)
adam = Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999)
final_model.compile(optimizer=adam, loss="categorical_crossentropy", metrics=["accuracy"])
final_model.fit([train_x1, train_x2], [train_y1, train_y2], epochs=1, verbose=1)
