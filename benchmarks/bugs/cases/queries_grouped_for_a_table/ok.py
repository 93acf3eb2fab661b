import keras
from keras import layers


def decoder_block(x, memory, width, heads=4, groups=2):
    attended = layers.GroupQueryAttention(
        head_dim=width // heads, num_query_heads=heads, num_key_value_heads=groups, dropout=0.1)(x, memory)
    x = layers.LayerNormalization()(x + attended)
    y = layers.Dense(4 * width, activation="gelu")(x)
    return layers.LayerNormalization()(x + layers.Dense(width)(y))


tokens = keras.Input((10,), dtype="int32")
pictures = keras.Input((49, 128))
x = layers.Embedding(500, 96)(tokens)
memory = layers.Dense(96)(pictures)
for _ in range(2):
    x = decoder_block(x, memory, 96)
model = keras.Model([tokens, pictures], layers.Dense(500)(x))
model.summary()
