from tensorflow.keras import layers

from core.registry import HEADS


@HEADS.register
class SumHead(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.proj = layers.Dense(units)
        self.add = layers.Add()

    def call(self, inputs):
        a, b = inputs
        return self.add([self.proj(a), b])


@HEADS.register(name="cat")
class CatHead(layers.Layer):
    def call(self, inputs):
        return layers.concatenate(inputs)
