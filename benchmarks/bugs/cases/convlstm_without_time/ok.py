from tensorflow.keras.layers import Conv2D, ConvLSTM2D, Dense, Flatten, Input, MaxPooling2D, Reshape
from tensorflow.keras.models import Sequential

samples_per_window = 50
FIRST = {
    "conv": lambda: Conv2D(10, (5, 1), activation="relu"),
    "convlstm": lambda: ConvLSTM2D(10, (5, 1), activation="tanh"),
}


def build(kind, frames=None):
    model = Sequential(name=kind)
    model.add(Input((samples_per_window, 1, 1)))
    if frames:
        model.add(Reshape((frames, samples_per_window // frames, 1, 1)))
    first = FIRST[kind]()
    model.add(first)
    model.add(MaxPooling2D((2, 1)))
    model.add(Flatten())
    model.add(Dense(3, activation="softmax"))
    model.compile("adam", "categorical_crossentropy")
    return model


compared = {"conv": build("conv")}
compared["convlstm"] = build("convlstm", frames=5)
for name, model in compared.items():
    print(name, model.count_params())
