import tensorflow as tf
from tensorflow.keras.layers import Dense, Embedding, GlobalAveragePooling1D, Input, Layer, LayerNormalization
from tensorflow.keras.models import Model


class patch_extract(Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size_x, self.patch_size_y = patch_size

    def call(self, images):
        patches = tf.image.extract_patches(
            images=images,
            sizes=(1, self.patch_size_x, self.patch_size_y, 1),
            strides=(1, self.patch_size_x, self.patch_size_y, 1),
            rates=(1, 1, 1, 1),
            padding="VALID",
        )
        patch_dim = patches.shape[-1]
        num = patches.shape[1] * patches.shape[2]
        return tf.reshape(patches, (-1, num, patch_dim))


class patch_embedding(Layer):
    def __init__(self, num_patch, embed_dim):
        super().__init__()
        self.num_patch = num_patch
        self.proj = Dense(embed_dim)
        self.pos_embed = Embedding(input_dim=num_patch, output_dim=embed_dim)

    def call(self, patch):
        pos = tf.range(start=0, limit=self.num_patch, delta=1)
        return self.proj(patch) + self.pos_embed(pos)


class patch_merging(Layer):
    def __init__(self, num_patch, embed_dim):
        super().__init__()
        self.num_patch = num_patch
        self.embed_dim = embed_dim
        self.linear_trans = Dense(2 * embed_dim, use_bias=False)

    def call(self, x):
        H, W = self.num_patch
        B, L, C = x.shape
        assert L == H * W, "input feature has wrong size"
        x = tf.reshape(x, shape=(-1, H, W, C))
        x = tf.concat((x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]), axis=-1)
        x = tf.reshape(x, shape=(-1, (H // 2) * (W // 2), 4 * C))
        return self.linear_trans(x)


class window_mlp(Layer):
    def __init__(self, dim, num_patch, window_size):
        super().__init__()
        self.num_patch = num_patch
        self.window_size = window_size
        self.norm = LayerNormalization(epsilon=1e-5)
        self.mlp = Dense(dim, activation="gelu")

    def call(self, x):
        H, W = self.num_patch
        w = self.window_size
        windows = tf.reshape(self.norm(x), (-1, H // w, w, W // w, w, x.shape[-1]))
        windows = tf.transpose(windows, (0, 1, 3, 2, 4, 5))
        windows = self.mlp(windows)
        windows = tf.transpose(windows, (0, 1, 3, 2, 4, 5))
        return x + tf.reshape(windows, (-1, H * W, x.shape[-1]))


def swin_transformer(input_size, patch_size=(2, 2), embed_dim=16, stages=2, window_size=2):
    num_patch_x, num_patch_y = input_size[0] // patch_size[0], input_size[1] // patch_size[1]
    inputs = Input(input_size)
    X = patch_extract(patch_size)(inputs)
    X = patch_embedding(num_patch_x * num_patch_y, embed_dim)(X)
    for _ in range(stages):
        X = window_mlp(embed_dim, (num_patch_x, num_patch_y), window_size)(X)
        X = patch_merging((num_patch_x, num_patch_y), embed_dim)(X)
        embed_dim *= 2
        num_patch_x, num_patch_y = num_patch_x // 2, num_patch_y // 2
    X = GlobalAveragePooling1D()(X)
    return Model(inputs, Dense(5, activation="softmax")(X))


model = swin_transformer((32, 64, 3))
print(model.output_shape)
