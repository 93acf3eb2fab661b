import keras
from keras import layers


class SpatialTransformer(layers.Layer):
    def __init__(self, localization_net, output_size, **kwargs):
        super().__init__(**kwargs)
        self.locnet = localization_net
        self.output_size = output_size

    def call(self, x):
        theta = self.locnet(x)
        return x * theta[:, :1, None, None]

    def get_config(self):
        base = super().get_config()
        return dict(list(base.items()))


loc = keras.Sequential([keras.Input((20, 20, 1)), layers.Flatten(), layers.Dense(6)])
inputs = keras.Input((20, 20, 1))
x = SpatialTransformer(loc, (20, 20))(inputs)
model = keras.Model(inputs, layers.Dense(3)(layers.Flatten()(x)))
copy = keras.models.clone_model(model)
