import numpy as np
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Input, Conv2D, GlobalMaxPooling2D, Dense

x = np.zeros((40, 32, 32, 3))
y = np.zeros((40, 6))
datagen = ImageDataGenerator(horizontal_flip=True)
model = Sequential([Input((32, 32, 3)), Conv2D(8, 3), GlobalMaxPooling2D(), Dense(6, activation="softmax")])
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(datagen.flow(x, y, batch_size=8), epochs=1)
