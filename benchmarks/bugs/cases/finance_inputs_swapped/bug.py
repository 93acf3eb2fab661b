import numpy as np
from tensorflow.keras.constraints import NonNeg
from tensorflow.keras.layers import Dense, Input, concatenate
from tensorflow.keras.models import Model

SIZES = {"fin_const": 3, "fin_inst": 4, "gov_sup": 5, "com_act": 5, "eco_city": 4, "type": 1}


def sample(n):
    return {name: np.random.rand(n, size) for name, size in SIZES.items()}, np.random.rand(n, 2)


def factor(size, name):
    given = Input(shape=(size,), name=name)
    return given, Dense(1, kernel_constraint=NonNeg(), name=f"{name}_index")(given)


def build(order):
    pairs = [factor(SIZES[name], name) for name in order]
    merged = concatenate([index for _, index in pairs])
    hidden = Dense(8, activation="relu")(merged)
    model = Model(inputs=[given for given, _ in pairs], outputs=Dense(2)(hidden))
    model.compile(optimizer="adam", loss="mse", metrics=["mae"])
    return model


X_train, Y_train = sample(558)
X_test, Y_test = sample(140)
model = build(SIZES)
model.fit(X_train, Y_train, epochs=1, validation_data=(X_test, Y_test))
columns = [X_test[name] for name in sorted(SIZES)]
print(model.predict(columns).shape)
