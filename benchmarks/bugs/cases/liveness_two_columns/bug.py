import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras.utils import to_categorical


class LivenessNet:
    @staticmethod
    def build(width, height, depth):
        model = Sequential()
        model.add(Input((height, width, depth)))
        model.add(Conv2D(16, (3, 3), padding="same", activation="relu"))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Flatten())
        model.add(Dense(64, activation="relu", name="fc1"))
        model.add(Dense(1, activation="sigmoid", name="fc2"))
        return model


BS = 8
data = np.random.randint(0, 255, (80, 32, 32, 3)).astype("float32") / 255.0
labels = np.array(["fake", "real"] * 40)

le = LabelEncoder()
labels = le.fit_transform(labels)
labels = to_categorical(labels, 2)
(trainX, testX, trainY, testY) = train_test_split(data, labels, test_size=0.25, random_state=42)

aug = ImageDataGenerator(zoom_range=0.15, horizontal_flip=True, fill_mode="nearest")
model = LivenessNet.build(width=32, height=32, depth=3)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
H = model.fit(
    aug.flow(trainX, trainY, batch_size=BS),
    validation_data=(testX, testY),
    steps_per_epoch=len(trainX) // BS,
    epochs=1,
)
