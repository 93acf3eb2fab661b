import tensorflow as tf

features_in = ["age", "income", "tenure"]


def encoder(name, width):
    column = tf.keras.layers.Input(name=name, shape=(1,), dtype=tf.float32)
    return column, tf.keras.layers.Dense(width, activation="relu", name=f"{name}_enc")(column)


inputs, encoded = {}, {}
for colname in features_in:
    inputs[colname], encoded[colname] = encoder(colname, 8)

x = tf.keras.layers.Concatenate(axis=-1)(list(encoded.values()))
churn = tf.keras.layers.Dense(1, activation="sigmoid")(x)
model = tf.keras.Model(inputs, churn)
print(model.output_shape)
