import numpy as np
import tensorflow as tf


class Params:
    def __init__(self, tile_px=96, pooling="avg", hidden_layers=1, hidden_layer_width=32):
        self.tile_px, self.pooling = tile_px, pooling
        self.hidden_layers, self.hidden_layer_width = hidden_layers, hidden_layer_width

    def build(self, classes, slide_features=None):
        tile = tf.keras.Input((self.tile_px, self.tile_px, 3), name="tile_image")
        x = tf.keras.layers.Conv2D(16, 3, strides=4, activation="relu")(tile)
        x = {"avg": tf.keras.layers.GlobalAveragePooling2D, "max": tf.keras.layers.GlobalMaxPooling2D}[self.pooling]()(x)
        inputs = [tile]
        if slide_features:
            names = list(slide_features)
            clinical = tf.keras.Input((len(names),), name="slide_feature_input")
            inputs.append(clinical)
            x = tf.keras.layers.Concatenate(name="input_merge")([clinical, x])
        for number in range(self.hidden_layers):
            x = tf.keras.layers.Dense(self.hidden_layer_width, activation="relu", name=f"hidden_{number}")(x)
        return tf.keras.Model(inputs, tf.keras.layers.Dense(classes, activation="softmax")(x))


class Project:
    def __init__(self, annotations):
        self.annotations = annotations

    def train(self, outcome, params, input_header=None):
        classes = sorted({row[outcome] for row in self.annotations})
        model = params.build(len(classes), input_header)
        model.compile("adam", "sparse_categorical_crossentropy")
        x = {"tile_image": np.random.rand(len(self.annotations), params.tile_px, params.tile_px, 3)}
        if input_header:
            columns = [[float(row[name]) for name in input_header] for row in self.annotations]
            x["slide_feature_input"] = np.array(columns)
        y = np.array([classes.index(row[outcome]) for row in self.annotations])
        return model.fit(x, y, epochs=1, verbose=0)


P = Project([{"age": 50 + i, "sex": i % 2, "height": 160, "weight": 70, "category": "ab"[i % 2]} for i in range(6)])
P.train("category", Params(tile_px=64), input_header=["age", "sex", "height", "weight"])
