import numpy as np
from tensorflow.keras import Model, layers

batch_size = 128
n_feat, n_neurons = 25, 60


def treatment_data(n):
    X = np.random.randn(n, n_feat)
    t = np.random.binomial(1, 0.5, size=(n, 1))
    y = X[:, :1] * 2 + t
    return X, t, y


def two_heads():
    input1 = layers.Input((n_feat,), name="covariates")
    input2 = layers.Input((1,), name="treatment")
    x = layers.Dense(n_neurons, activation="relu")(input1)
    merged = layers.concatenate([x, input2])
    pred_out = layers.Dense(1, activation="relu", name="pred_out")(merged)
    f_ = layers.Dense(n_feat, activation="relu")(merged)
    dom_out = layers.Dense(2, activation="softmax", name="dom_out")(f_)
    return Model([input1, input2], [pred_out, dom_out])


def domain_labels(n):
    half = n // 2
    return np.hstack([np.zeros(half, dtype=np.int32), np.ones(n - half, dtype=np.int32)])


X_train, t_train, y_train = treatment_data(672)
model = two_heads()
model.compile(optimizer="RMSprop", loss=["mse", "sparse_categorical_crossentropy"])
D_labels = domain_labels(len(X_train))
model.fit({"covariates": X_train, "treatment": t_train}, [y_train, D_labels], epochs=1, batch_size=batch_size)
