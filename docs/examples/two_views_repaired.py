"""A classifier that looks at an image in two ways."""

from keras import Input, Model, layers

image = Input((128, 128, 3), name="image")
fine = layers.MaxPooling2D()(layers.Conv2D(32, 3, padding="same", activation="relu")(image))
coarse = layers.MaxPooling2D()(layers.Conv2D(32, 7, padding="same", activation="relu")(image))
both = layers.Concatenate()([fine, coarse])
label = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(both))
model = Model(image, label, name="two_views")
