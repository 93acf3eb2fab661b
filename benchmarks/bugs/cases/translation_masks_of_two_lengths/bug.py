import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

vocab_size, source_length, target_length = 200, 24, 20


class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)

    def call(self, inputs):
        positions = tf.range(start=0, limit=tf.shape(inputs)[-1], delta=1)
        return self.token_embeddings(inputs) + self.position_embeddings(positions)


class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(num_heads, embed_dim)
        self.layernorm = layers.LayerNormalization()

    def call(self, inputs, source):
        padding_mask = tf.cast(tf.not_equal(source, 0)[:, tf.newaxis, :], "int32")
        attention_output = self.attention(inputs, inputs, attention_mask=padding_mask)
        return self.layernorm(inputs + attention_output)


class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.attention_1 = layers.MultiHeadAttention(num_heads, embed_dim)
        self.attention_2 = layers.MultiHeadAttention(num_heads, embed_dim)
        self.layernorm_1 = layers.LayerNormalization()
        self.layernorm_2 = layers.LayerNormalization()

    def get_causal_attention_mask(self, inputs):
        batch, length = tf.shape(inputs)[0], tf.shape(inputs)[1]
        i = tf.range(length)[:, tf.newaxis]
        mask = tf.cast(i >= tf.range(length), "int32")
        return tf.tile(tf.reshape(mask, (1, length, length)), [batch, 1, 1])

    def call(self, inputs, encoder_outputs, source):
        causal_mask = self.get_causal_attention_mask(inputs)
        padding_mask = tf.cast(tf.not_equal(source, 0)[:, tf.newaxis, :], "int32")
        padding_mask = tf.minimum(padding_mask, causal_mask)
        attention_output_1 = self.attention_1(inputs, inputs, attention_mask=causal_mask)
        out_1 = self.layernorm_1(inputs + attention_output_1)
        attention_output_2 = self.attention_2(out_1, encoder_outputs, attention_mask=padding_mask)
        return self.layernorm_2(out_1 + attention_output_2)


embed_dim, num_heads = 32, 4
encoder_inputs = keras.Input(shape=(None,), dtype="int64", name="encoder_inputs")
x = PositionalEmbedding(source_length, vocab_size, embed_dim)(encoder_inputs)
encoder_outputs = TransformerEncoder(embed_dim, num_heads)(x, encoder_inputs)
decoder_inputs = keras.Input(shape=(None,), dtype="int64", name="decoder_inputs")
x = PositionalEmbedding(target_length, vocab_size, embed_dim)(decoder_inputs)
x = TransformerDecoder(embed_dim, num_heads)(x, encoder_outputs, encoder_inputs)
outputs = layers.Dense(vocab_size, activation="softmax")(layers.Dropout(0.5)(x))
transformer = keras.Model([encoder_inputs, decoder_inputs], outputs, name="transformer")

english = np.random.randint(1, vocab_size, (64, source_length))
spanish = np.random.randint(1, vocab_size, (64, target_length + 1))
transformer.compile("rmsprop", loss="sparse_categorical_crossentropy")
transformer.fit([english, spanish[:, :-1]], spanish[:, 1:], batch_size=16, epochs=1, verbose=0)
