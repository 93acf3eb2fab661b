import numpy as np
from tensorflow.keras.layers import Activation, Conv2D, Dense, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Sequential

CLASSES = 6
SCORES = ["0.0", "1.0", "2.5", "8.0", "3.0", "5.0", "4.0", "1.0"]


def read_scores(lines):
    Y = []
    for line in lines:
        cs = int(float(str(line).replace("\n", "")))
        Y.append(min(cs, CLASSES - 1))
    return Y


def get_y(Y, n_tags):
    output = []
    for i in range(len(Y)):
        vv = []
        for k in range(n_tags):
            if k == Y[i]:
                vv.append(1)
            else:
                vv.append(0)
        output.append(vv)
    return np.array(output)


labels = read_scores(SCORES)
Y = get_y(labels, max(np.max(labels) + 1, CLASSES))
X = np.random.rand(len(Y), 48, 48, 3)
model = Sequential()
model.add(Input((48, 48, 3)))
model.add(Conv2D(8, (3, 3), activation="relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(CLASSES))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
model.fit(X, Y, batch_size=4, epochs=1)
