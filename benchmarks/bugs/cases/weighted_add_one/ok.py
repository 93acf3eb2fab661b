import keras
from keras import Input, Model, layers


class WeightedAdd(layers.Add):
    """One plus one, with a weight that is learnt."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.scale = None

    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight(shape=(), initializer="ones", name="scale")

    def _merge_function(self, inputs):
        first, *others = inputs
        output = first
        for other in others:
            output = output + self.scale * other
        return output


def skip_block(x, filters, add_skip):
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    if add_skip:
        y = WeightedAdd()([x, y])
    return layers.ReLU()(y)


image = Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same")(image)
for i in range(3):
    x = skip_block(x, 16, add_skip=i > 0)
model = Model(image, layers.Dense(10)(layers.Flatten()(x)))
