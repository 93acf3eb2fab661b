import tensorflow as tf

data = {
    "location": ["New York", "London", "Paris", "Tokyo"],
    "size": [2000, 1500, 1800, 2500],
    "amenities": [["gym", "pool"], ["pool"], ["gym"], ["gym", "pool"]],
    "price": [1000000.0, 800000.0, 900000.0, 1200000.0],
}
locations = {name: number for number, name in enumerate(data["location"])}
features = {
    "size": [float(size) for size in data["size"]],
    "location": [float(locations[name]) for name in data["location"]],
    "amenities": [float(len(row)) for row in data["amenities"]],
}
dataset = tf.data.Dataset.from_tensor_slices((features, data["price"])).batch(2)

inputs = {name: tf.keras.Input((1,), name=name) for name in ("size", "location", "amenities")}
x = tf.keras.layers.Concatenate()(list(inputs.values()))
x = tf.keras.layers.Dense(10, activation="relu")(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
model.compile(optimizer="adam", loss="mse")
model.fit(dataset, epochs=2)
