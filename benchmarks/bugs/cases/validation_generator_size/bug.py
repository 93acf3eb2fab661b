import numpy as np
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Input

train_datagen = ImageDataGenerator(rescale=1.0 / 255, shear_range=0.2, horizontal_flip=True)
test_datagen = ImageDataGenerator(rescale=1.0 / 255)
training_set = train_datagen.flow_from_directory("images", target_size=(64, 64), batch_size=4, class_mode="categorical")
test_set = test_datagen.flow_from_directory("images", target_size=(32, 32), batch_size=4, class_mode="categorical")
classifier = Sequential()
classifier.add(Input((64, 64, 3)))
classifier.add(Conv2D(8, (3, 3), activation="relu"))
classifier.add(MaxPooling2D(pool_size=(2, 2)))
classifier.add(Flatten())
classifier.add(Dense(units=3, activation="softmax"))
classifier.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
classifier.fit(training_set, epochs=1, validation_data=test_set)
