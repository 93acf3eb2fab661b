from keras import layers, models, ops

points = layers.Input(shape=(6,), name="points")

radius = ops.sqrt(ops.sum(ops.square(points[:, :3]), axis=-1, keepdims=True))
heading = points[:, 3:5]
cartesian = layers.Dense(16, activation="relu")(points)

polar = layers.Concatenate(axis=-1)([radius, heading])
features = layers.Concatenate()([polar, cartesian])
outputs = layers.Dense(4)(layers.Dense(32, activation="gelu")(features))

model = models.Model(points, outputs)
model.compile("adam", "mse")
model.summary()
