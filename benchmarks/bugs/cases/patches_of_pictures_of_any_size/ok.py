import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

settings = {
    "patch_size": 6,
    "projection_dim": 64,
    "num_heads": 4,
    "transformer_layers": 2,
    "channels": None,
    "classes": 10,
}


class Patches(layers.Layer):
    def __init__(self, patch_size, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size

    def call(self, images):
        batch_size = tf.shape(images)[0]
        patches = tf.image.extract_patches(
            images=images,
            sizes=[1, self.patch_size, self.patch_size, 1],
            strides=[1, self.patch_size, self.patch_size, 1],
            rates=[1, 1, 1, 1],
            padding="VALID",
        )
        patch_dims = patches.shape[-1]
        return tf.reshape(patches, [batch_size, patches.shape[1] * patches.shape[2], patch_dims])


def create_vit_classifier(image_size=48):
    inputs = layers.Input(shape=(image_size, image_size, 3))
    patches = Patches(settings["patch_size"])(inputs)
    encoded = layers.Dense(settings["projection_dim"])(patches)
    for _ in range(settings["transformer_layers"]):
        x1 = layers.LayerNormalization(epsilon=1e-6)(encoded)
        attention = layers.MultiHeadAttention(settings["num_heads"], settings["projection_dim"], dropout=0.1)(x1, x1)
        x2 = layers.Add()([attention, encoded])
        x3 = layers.Dense(settings["projection_dim"], activation="gelu")(layers.LayerNormalization()(x2))
        encoded = layers.Add()([x3, x2])
    representation = layers.Flatten()(encoded)
    return keras.Model(inputs, layers.Dense(settings["classes"])(representation))


create_vit_classifier().summary()
