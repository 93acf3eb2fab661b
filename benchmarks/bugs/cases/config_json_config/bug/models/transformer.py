from tensorflow import keras
from tensorflow.keras import layers


def transformer_block(x, embed_dim, heads, ff_dim):
    attn = layers.MultiHeadAttention(heads, embed_dim // heads)(x, x)
    x = layers.LayerNormalization()(layers.Add()([x, attn]))
    ff = layers.Dense(ff_dim, activation="relu")(x)
    return layers.LayerNormalization()(layers.Add()([x, ff]))


def build_model(vocab, maxlen, embed_dim, heads, ff_dim):
    tokens = layers.Input((maxlen,), dtype="int32")
    x = layers.Embedding(vocab, embed_dim)(tokens)
    x = transformer_block(x, embed_dim, heads, ff_dim)
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(tokens, layers.Dense(2, activation="softmax")(x))
