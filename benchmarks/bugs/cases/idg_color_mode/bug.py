from tensorflow.keras.preprocessing.image import ImageDataGenerator
from tensorflow.keras import layers, models

gen = ImageDataGenerator(rescale=1.0 / 255)
train = gen.flow_from_directory("images", target_size=(48, 48), batch_size=4, class_mode="categorical", classes=["a", "b", "c"])
model = models.Sequential()
model.add(layers.Input((48, 48, 1)))
model.add(layers.Conv2D(8, (3, 3), activation="relu"))
model.add(layers.Flatten())
model.add(layers.Dense(3, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit(train, epochs=1)
