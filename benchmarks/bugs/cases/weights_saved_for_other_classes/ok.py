import os
import tempfile

import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Model

SIZE = (32, 32)


def build(classes):
    input_tensor = Input(shape=(SIZE[0], SIZE[1], 3))
    out = Conv2D(16, kernel_size=3, activation="elu", padding="same", name="encoder_1")(input_tensor)
    out = MaxPooling2D()(out)
    out = Conv2D(32, kernel_size=5, strides=2, activation="elu", padding="same", name="encoder_2")(out)
    out = Flatten()(out)
    return Model(input_tensor, Dense(classes, activation="softmax", name="characters")(out))


folder = tempfile.mkdtemp()
path = os.path.join(folder, "ocr.weights.h5")
trainer = build(40)
trainer.compile("adam", "sparse_categorical_crossentropy")
trainer.fit(np.random.rand(8, 32, 32, 3), np.arange(8), epochs=1, verbose=0)
trainer.save_weights(path)

reader = build(40)
reader.load_weights(path)
print(reader.predict(np.zeros((1, 32, 32, 3)), verbose=0).shape)
