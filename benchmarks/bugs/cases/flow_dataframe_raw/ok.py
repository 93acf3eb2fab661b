import pandas as pd
from tensorflow.keras.layers import Conv2D, Dense, GlobalAveragePooling2D, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator

CLASSES = ["any", "epidural", "subdural", "ventricular"]
train_df = pd.DataFrame({"filename": ["one.png", "two.png", "one.png", "two.png"],
                         "any": [1, 0, 1, 0], "epidural": [0, 0, 1, 0],
                         "subdural": [1, 0, 0, 0], "ventricular": [0, 0, 0, 0]})
img_size = (40, 40)
train_generator = ImageDataGenerator(rescale=1 / 255.0).flow_from_dataframe(
    train_df, directory="scans", x_col="filename",
    y_col=CLASSES,
    target_size=img_size, color_mode="rgb", class_mode="raw", batch_size=2)

model = Sequential()
model.add(Input(img_size + (3,)))
model.add(Conv2D(8, 3, activation="relu"))
model.add(GlobalAveragePooling2D())
model.add(Dense(len(CLASSES), activation="sigmoid"))
model.compile("adam", "binary_crossentropy")
model.fit(train_generator, epochs=1)
