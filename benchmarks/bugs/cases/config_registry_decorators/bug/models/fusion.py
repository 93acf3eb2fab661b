from tensorflow.keras import Input, Model, layers
from registry import register


@register("fusion")
def fusion(image_dim=64, text_dim=32, gate=True):
    image = Input((image_dim,))
    text = Input((text_dim,))
    h = layers.Dense(48)(image)
    t = layers.Dense(48 if gate else 64)(text)
    merged = layers.Average()([h, t])
    return Model([image, text], layers.Dense(1)(merged))
