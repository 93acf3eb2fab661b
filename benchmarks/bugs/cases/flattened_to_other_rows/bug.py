import numpy as np
from tensorflow import keras

FLAT = 60 * 60
NAMES = dict(enumerate("T-shirt Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag Boot".split()))


def prepared(images, labels, limit=None):
    images, labels = images[:limit], labels[:limit]
    pairs = sorted(zip(labels.tolist(), range(len(labels))))
    order = [place for _, place in pairs]
    images = images[order].astype("float32") / 255
    return images.reshape((-1, FLAT)), labels[order]


(x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
x_train_flat, y_train = prepared(x_train, y_train, limit=1800)
x_test_flat, y_test = prepared(x_test, y_test, limit=450)

print("Train:", x_train_flat.shape, y_train.shape)
for label in np.unique(y_train):
    print(f"{NAMES[label]:10} {np.count_nonzero(y_train == label)}")

model = keras.Sequential()
model.add(keras.layers.InputLayer(shape=(FLAT,)))
model.add(keras.layers.Dense(512, activation="relu", kernel_initializer="he_normal"))
model.add(keras.layers.Dropout(0.2))
model.add(keras.layers.Dense(len(NAMES), activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
model.summary()

checkpoint = keras.callbacks.EarlyStopping(monitor="loss", patience=1)
model.fit(x_train_flat, y_train, epochs=1, batch_size=90, callbacks=[checkpoint])
score = model.evaluate(x_test_flat, y_test, verbose=0)
print("loss %.3f, accuracy %.3f" % tuple(score))
