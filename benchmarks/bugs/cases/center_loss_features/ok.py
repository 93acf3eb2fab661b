import numpy as np
from tensorflow.keras import layers, losses, Model
from tensorflow.keras.utils import to_categorical

NUM_CLASSES, WIDTH = 9, 64
image_input = layers.Input(shape=(48, 48, 3))
x = layers.Conv2D(16, 3, activation="relu")(image_input)
x = layers.GlobalMaxPooling2D()(x)
features = layers.Dense(WIDTH, name="fc2")(x)
out = layers.Dense(NUM_CLASSES, activation="softmax", name="predictions")(features)
model = Model(inputs=image_input, outputs={"fc2": features, "predictions": out})
model.compile(
    optimizer="sgd",
    loss={"fc2": losses.MeanSquaredError(), "predictions": "categorical_crossentropy"},
    loss_weights={"fc2": 0.1, "predictions": 1.0},
)
X_train = np.random.rand(20, 48, 48, 3)
y_train = to_categorical(np.arange(20) % NUM_CLASSES, NUM_CLASSES)
dummy = np.zeros((y_train.shape[0], WIDTH))
model.fit(X_train, {"fc2": dummy, "predictions": y_train}, batch_size=5, epochs=1)
