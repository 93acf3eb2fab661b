from tensorflow.keras.layers import Concatenate, Conv2D, Dense, Flatten, Input
from tensorflow.keras.models import Model

resolution, nb_actions = (40, 40, 3), 4


def critic(hidden_size, nb_layers):
    observation = Input(resolution, name="observation")
    action = Input((nb_actions,), name="action")
    x = observation
    for filters in (16, 32):
        x = Conv2D(filters, (3, 3), strides=(2, 2), activation="relu")(x)
    features = Flatten()(x)
    x = Concatenate()([action, x])
    for _ in range(nb_layers):
        x = Dense(hidden_size, activation="relu")(x)
    return Model([observation, action], Dense(1)(x))


model = critic(64, 2)
model.compile("adam", "mse")
