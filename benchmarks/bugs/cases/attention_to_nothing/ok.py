import keras
from keras import layers


def encoder_block(inputs, head_size, heads, ff_dim, dropout=0.0):
    x = layers.LayerNormalization(epsilon=1e-6)(inputs)
    x = layers.MultiHeadAttention(key_dim=head_size, num_heads=heads, dropout=dropout)(x, x)
    x = layers.Dropout(dropout)(x)
    res = x + inputs
    x = layers.LayerNormalization(epsilon=1e-6)(res)
    x = layers.Conv1D(filters=ff_dim, kernel_size=1, activation="relu")(x)
    x = layers.Conv1D(filters=inputs.shape[-1], kernel_size=1)(x)
    return x + res


def build(input_shape, blocks, mlp_units=(64,), n_classes=2):
    inputs = keras.Input(shape=input_shape)
    x = inputs
    for _ in range(blocks):
        x = encoder_block(x, head_size=32, heads=4, ff_dim=4, dropout=0.25)
    x = layers.GlobalAveragePooling1D(data_format="channels_last")(x)
    for dim in mlp_units:
        x = layers.Dense(dim, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


model = build((500, 1), 2)
model.summary()
