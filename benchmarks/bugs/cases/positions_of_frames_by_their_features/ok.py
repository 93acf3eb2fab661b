import keras
import numpy as np
from keras import layers, ops

MAX_SEQ_LENGTH = 20
NUM_FEATURES = 96
CLASSES = 5


class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, output_dim, **kwargs):
        super().__init__(**kwargs)
        self.position_embeddings = layers.Embedding(input_dim=sequence_length, output_dim=output_dim)
        self.sequence_length = sequence_length

    def call(self, inputs):
        length = inputs.shape[1]
        positions = ops.arange(start=0, stop=length, step=1)
        return inputs + self.position_embeddings(positions)


class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim, dropout=0.3)
        self.dense_proj = keras.Sequential([layers.Dense(dense_dim, activation="gelu"), layers.Dense(embed_dim)])
        self.layernorm_1 = layers.LayerNormalization()
        self.layernorm_2 = layers.LayerNormalization()

    def call(self, inputs, mask=None):
        attended = self.attention(inputs, inputs)
        proj_input = self.layernorm_1(inputs + attended)
        return self.layernorm_2(proj_input + self.dense_proj(proj_input))


def get_compiled_model(sequence_length, embed_dim, dense_dim=4, num_heads=1):
    inputs = keras.Input(shape=(sequence_length, embed_dim))
    x = PositionalEmbedding(sequence_length, embed_dim, name="frame_position_embedding")(inputs)
    x = TransformerEncoder(embed_dim, dense_dim, num_heads, name="transformer_layer")(x)
    x = layers.GlobalMaxPooling1D()(x)
    outputs = layers.Dense(CLASSES, activation="softmax")(layers.Dropout(0.5)(x))
    model = keras.Model(inputs, outputs)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


model = get_compiled_model(MAX_SEQ_LENGTH, NUM_FEATURES)
frames = np.random.rand(10, MAX_SEQ_LENGTH, NUM_FEATURES)
model.fit(frames, np.random.randint(0, CLASSES, 10), validation_split=0.2, epochs=1, verbose=0)
