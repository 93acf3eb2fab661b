from tensorflow.keras.layers import Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

img_size = 48
batch = 4
datagen_train = ImageDataGenerator(rescale=1.0 / 255, validation_split=0.5)


def subset(name):
    return datagen_train.flow_from_directory(
        "faces",
        target_size=(img_size, img_size),
        color_mode="grayscale",
        batch_size=batch,
        class_mode="binary",
        subset=name,
    )


train_set, test_set = subset("training"), subset("validation")
model = Sequential()
model.add(Input((img_size, img_size, 1)))
model.add(Conv2D(8, (3, 3), padding="same", activation="relu"))
model.add(MaxPooling2D(2, 2))
model.add(Flatten())
model.add(Dropout(0.25))
model.add(Dense(2, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(x=train_set, validation_data=test_set, epochs=1)
