import os
import tempfile

import numpy as np
from PIL import Image
from tensorflow.keras.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential

CATEGORIES = ['paper', 'plastic']
SIZE = 50


def write_pictures(folder):
    for category in CATEGORIES:
        os.makedirs(os.path.join(folder, category))
        for number in range(20):
            pixels = np.random.randint(0, 256, (60, 80, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(os.path.join(folder, category, f'{number}.jpg'))
        with open(os.path.join(folder, category, 'Thumbs.db'), 'wb') as file:
            file.write(b'not a picture')


def create_training_data(folder):
    X, y = [], []
    for category in CATEGORIES:
        number = CATEGORIES.index(category)
        for name in sorted(os.listdir(os.path.join(folder, category))):
            path = os.path.join(folder, category, name)
            try:
                picture = Image.open(path).convert('L')
            except OSError as error:
                print(name, error)
                continue
            y.append(number)
            X.append(np.asarray(picture.resize((SIZE, SIZE))))
    return np.array(X).reshape(-1, SIZE, SIZE, 1), np.array(y)


with tempfile.TemporaryDirectory() as folder:
    write_pictures(folder)
    X, y = create_training_data(folder)
X = X / 255.0

model = Sequential()
model.add(Conv2D(32, (3, 3), input_shape=X.shape[1:]))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Conv2D(32, (3, 3)))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(64))
model.add(Dense(1))
model.add(Activation('sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, y, batch_size=32, epochs=1)
