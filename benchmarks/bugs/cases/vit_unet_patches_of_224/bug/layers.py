import tensorflow as tf


class PatchEncoder(tf.keras.layers.Layer):
    """Cuts an image into patches, and adds where each of them lay."""

    def __init__(self, patch_size, projection, img_size=224):
        super().__init__()
        self.patch_size = patch_size
        self.num_patches = (img_size // patch_size) ** 2
        self.projection = tf.keras.layers.Conv2D(projection, patch_size, strides=patch_size)
        self.position = tf.keras.layers.Embedding(self.num_patches, projection)

    def call(self, image):
        patches = self.projection(image)
        patches = tf.keras.ops.reshape(patches, (-1, patches.shape[1] * patches.shape[2], patches.shape[3]))
        positions = tf.range(start=0, limit=self.num_patches, delta=1)
        return patches + self.position(positions)


class Block(tf.keras.layers.Layer):
    def __init__(self, width, heads):
        super().__init__()
        self.norm = tf.keras.layers.LayerNormalization()
        self.attention = tf.keras.layers.MultiHeadAttention(heads, width // heads)

    def call(self, x):
        normed = self.norm(x)
        return x + self.attention(normed, normed)
