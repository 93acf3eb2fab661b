import keras
import numpy

x = keras.layers.Input((16, 16))
hidden = keras.layers.Dense(32)(x)
guess = keras.layers.Dense(1, activation="sigmoid")(hidden)

model = keras.models.Model(inputs=[x], outputs={"dt": guess})
model.compile(
    optimizer=keras.optimizers.Adam(0.0001),
    loss={"dt": keras.losses.BinaryCrossentropy()},
)

images = numpy.random.random((5, 16, 16))
labels = (numpy.random.random((5, 16, 1)) > 0.5) * 1
model.fit(images, {"dt": labels})
