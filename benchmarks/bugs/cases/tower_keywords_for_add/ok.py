import tensorflow as tf


def create_tower(hidden_layer_dims, output_units, activation=None, input_batch_norm=False,
                 use_batch_norm=True, batch_norm_moment=0.999, dropout=0.5, name=None, **kwargs):
    """A feed-forward network whose layers take the keywords."""
    model = tf.keras.Sequential(name=name)
    if input_batch_norm:
        model.add(tf.keras.layers.BatchNormalization(momentum=batch_norm_moment))
    for layer_width in hidden_layer_dims:
        model.add(tf.keras.layers.Dense(units=layer_width, **kwargs))
        if use_batch_norm:
            model.add(tf.keras.layers.BatchNormalization(momentum=batch_norm_moment))
        model.add(tf.keras.layers.Activation(activation=activation))
        if dropout:
            model.add(tf.keras.layers.Dropout(rate=dropout))
    model.add(tf.keras.layers.Dense(units=output_units, **kwargs))
    return model


class Scorer:
    def __init__(self, **options):
        self.tower = create_tower([32, 16, 8], 1, activation="relu", **options)

    def __call__(self, documents):
        flat = tf.reshape(documents, (-1, documents.shape[-1]))
        return tf.reshape(self.tower(flat), (documents.shape[0], documents.shape[1]))


scorer = Scorer(use_bias=False)
print(scorer(tf.random.normal((4, 10, 20))).shape)
