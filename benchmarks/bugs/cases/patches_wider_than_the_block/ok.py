import keras
from keras import layers, ops


def mlp(x, hidden_units, dropout_rate):
    for units in hidden_units:
        x = layers.Dense(units, activation=keras.activations.gelu)(x)
        x = layers.Dropout(dropout_rate)(x)
    return x


class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        patches = ops.image.extract_patches(images, self.patch_size)
        batch, rows, columns, depth = ops.shape(patches)
        return ops.reshape(patches, (batch, rows * columns, depth))


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(projection_dim)
        self.position_embedding = layers.Embedding(num_patches, projection_dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(self.num_patches), axis=0)
        return self.projection(patch) + self.position_embedding(positions)


def create_vit_object_detector(shape, patch_size, projection_dim, num_heads, layer_count, hidden_dim):
    inputs = layers.Input(shape=shape)
    num_patches = (shape[0] // patch_size) ** 2
    encoded = PatchEncoder(num_patches, hidden_dim)(Patches(patch_size)(inputs))
    for _ in range(layer_count):
        x1 = layers.LayerNormalization(epsilon=1e-6)(encoded)
        attention = layers.MultiHeadAttention(num_heads, projection_dim, dropout=0.1)(x1, x1)
        x2 = layers.Add()([attention, encoded])
        x3 = mlp(layers.LayerNormalization(epsilon=1e-6)(x2), [hidden_dim * 2, hidden_dim], 0.1)
        encoded = layers.Add()([x3, x2])
    features = layers.Flatten()(layers.LayerNormalization(epsilon=1e-6)(encoded))
    return keras.Model(inputs, layers.Dense(4)(mlp(features, [128, 64], 0.3)))


projection_dim, num_heads = 32, 4
model = create_vit_object_detector((64, 64, 3), 16, projection_dim, num_heads, 2, projection_dim * num_heads)
