import os
import tempfile

from PIL import Image
from tensorflow.keras import layers, models
from tensorflow.keras.utils import image_dataset_from_directory

root = tempfile.mkdtemp()
for kind in ("negative", "positive"):
    os.makedirs(os.path.join(root, kind))
    for number in range(6):
        Image.new("RGB", (40, 50), (number * 30, 10, 10)).save(os.path.join(root, kind, f"image{number}.png"))

IMG_SIZE = (32, 32)
train_generator = image_dataset_from_directory(
    root, label_mode="categorical", image_size=IMG_SIZE, batch_size=4, seed=1)

model = models.Sequential([
    layers.Input((*IMG_SIZE, 3)),
    layers.Rescaling(1 / 255),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(2, activation="softmax", name="predictions"),
])
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(train_generator, epochs=1)
