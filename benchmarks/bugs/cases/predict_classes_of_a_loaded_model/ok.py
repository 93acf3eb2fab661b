import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential, model_from_json
from tensorflow.keras.preprocessing import image

SIZE = (48, 48)
LABELS = {0: "empty", 1: "light", 2: "heavy"}


def train():
    model = Sequential()
    model.add(Input(shape=SIZE + (3,)))
    for filters in (8, 16):
        model.add(Conv2D(filters, (3, 3), activation="relu"))
        model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Flatten())
    model.add(Dense(len(LABELS), activation="softmax"))
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model.to_json(), model.get_weights()


json_text, weights = train()
loaded_model = model_from_json(json_text)
loaded_model.set_weights(weights)
print("Loaded model from disk")
loaded_model.compile(optimizer="adam", loss="categorical_crossentropy")

pictures = [np.random.randint(0, 255, SIZE + (3,)).astype("uint8") for _ in range(4)]
for lane, picture in enumerate(pictures, start=1):
    frame = image.array_to_img(picture)
    frame = np.expand_dims(image.img_to_array(frame), axis=0)
    result_x = np.argmax(loaded_model.predict(frame, verbose=0), axis=-1)
    print(lane, LABELS[int(result_x[0])])
