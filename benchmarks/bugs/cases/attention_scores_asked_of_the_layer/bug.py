import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class TimeSeriesTransformer:
    def __init__(self, window, features, num_heads=4, ff_dim=64, blocks=2):
        self.window = window
        self.features = features
        self.num_heads = num_heads
        self.ff_dim = ff_dim
        self.blocks = blocks
        self.model = self.build_model()

    def transformer_block(self, x, dropout=0.1):
        attention, scores = layers.MultiHeadAttention(
            num_heads=self.num_heads, key_dim=x.shape[-1] // self.num_heads, return_attention_scores=True
        )(x, x)
        attention = layers.Dropout(dropout)(attention)
        x = layers.LayerNormalization(epsilon=1e-6)(x + attention)
        ff = layers.Dense(self.ff_dim, activation="relu")(x)
        ff = layers.Dense(x.shape[-1])(ff)
        ff = layers.Dropout(dropout)(ff)
        return layers.LayerNormalization(epsilon=1e-6)(x + ff), scores

    def build_model(self):
        inputs = layers.Input(shape=(self.window, self.features))
        x = layers.Dense(32)(inputs)
        all_scores = []
        for _ in range(self.blocks):
            x, scores = self.transformer_block(x)
            all_scores.append(scores)
        x = layers.GlobalAveragePooling1D()(x)
        outputs = layers.Dense(1)(x)
        self.attention_model = models.Model(inputs, all_scores)
        model = models.Model(inputs, outputs)
        model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
        return model


forecaster = TimeSeriesTransformer(window=24, features=5)
X = np.random.rand(64, 24, 5).astype("float32")
y = np.random.rand(64, 1).astype("float32")
forecaster.model.fit(X, y, epochs=1, batch_size=16, verbose=0)
print([s.shape for s in forecaster.attention_model.predict(X[:2], verbose=0)])
