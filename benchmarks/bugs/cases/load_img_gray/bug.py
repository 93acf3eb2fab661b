import numpy as np
from tensorflow.keras.preprocessing import image
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Flatten, Dense, Input

model = Sequential([
    Input((150, 150, 1)),
    Conv2D(8, (3, 3), activation="relu"),
    Flatten(),
    Dense(1, activation="sigmoid"),
])
img = image.load_img("test.png", target_size=(150, 150))
x = image.img_to_array(img)
x = np.expand_dims(x, axis=0)
print(model.predict(x))
