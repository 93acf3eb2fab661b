"""Models of open input sizes, as sources: each defines ``model``."""

from __future__ import annotations

_START = """
from keras import Input, Model, layers, ops
"""
_UNET = """
def unet(image, depth, down, up, merge, filters=4):
    skips, x = [], image
    for level in range(depth):
        x = CONV(filters, 3, padding="same")(x)
        skips.append(x)
        x = down(filters)(x)
    for skip in reversed(skips):
        x = merge(up(filters)(x), skip)
        x = CONV(filters, 3, padding="same")(x)
    return Model(image, x)
"""


def _unet(conv: str, shape: str, depth: int, down: str, up: str, merge: str) -> str:
    return (
        _START
        + _UNET.replace("CONV", f"layers.{conv}")
        + f"model = unet(Input({shape}), {depth}, {down}, {up}, {merge})\n"
    )


_CONCAT = "lambda a, b: layers.Concatenate()([a, b])"
_ADD = "lambda a, b: layers.Add()([a, b])"
_PLUS = "lambda a, b: a + b"
_OPS = "lambda a, b: ops.concatenate([a, b], axis=-1)"
_POOL = "lambda f: layers.MaxPooling2D()"
_POOL_SAME = "lambda f: layers.AveragePooling2D(2, padding='same')"
_STRIDE = "lambda f: layers.Conv2D(f, 3, strides=2, padding='same')"
_STRIDE_VALID = "lambda f: layers.Conv2D(f, 3, strides=2)"
_UP = "lambda f: layers.UpSampling2D()"
_TRANSPOSE = "lambda f: layers.Conv2DTranspose(f, 2, strides=2)"
_TRANSPOSE_SAME = "lambda f: layers.Conv2DTranspose(f, 3, strides=2, padding='same')"
_TRANSPOSE_3 = "lambda f: layers.Conv2DTranspose(f, 3, strides=2)"
_2D = "(None, None, 1)"

MODELS: dict[str, str] = {
    "unet_1": _unet("Conv2D", _2D, 1, _POOL, _UP, _CONCAT),
    "unet_2_transpose": _unet("Conv2D", _2D, 2, _POOL, _TRANSPOSE, _CONCAT),
    "unet_3_add": _unet("Conv2D", _2D, 3, _POOL, _TRANSPOSE_SAME, _ADD),
    "unet_4": _unet("Conv2D", _2D, 4, _POOL, _UP, _CONCAT),
    "unet_5_plus": _unet("Conv2D", _2D, 5, _POOL, _UP, _PLUS),
    "unet_3_pool_same": _unet("Conv2D", _2D, 3, _POOL_SAME, _UP, _CONCAT),
    "unet_3_stride": _unet("Conv2D", _2D, 3, _STRIDE, _TRANSPOSE, _OPS),
    "unet_2_stride_valid": _unet("Conv2D", _2D, 2, _STRIDE_VALID, _TRANSPOSE_3, _CONCAT),
    "unet_2_by_3": _unet(
        "Conv2D",
        _2D,
        2,
        "lambda f: layers.MaxPooling2D(3)",
        "lambda f: layers.UpSampling2D(3)",
        _ADD,
    ),
    "unet_2_mixed": _unet(
        "Conv2D",
        _2D,
        2,
        "lambda f: layers.MaxPooling2D((2, 1))",
        "lambda f: layers.UpSampling2D((2, 1))",
        _CONCAT,
    ),
    "unet_fixed_width": _unet("Conv2D", "(None, 64, 1)", 3, _POOL, _UP, _CONCAT),
    "unet_1d": _unet(
        "Conv1D",
        "(None, 2)",
        3,
        "lambda f: layers.MaxPooling1D()",
        "lambda f: layers.UpSampling1D()",
        _CONCAT,
    ),
    "unet_1d_transpose": _unet(
        "Conv1D",
        "(None, 2)",
        2,
        "lambda f: layers.Conv1D(f, 4, strides=4, padding='same')",
        "lambda f: layers.Conv1DTranspose(f, 4, strides=4)",
        _ADD,
    ),
    "unet_3d": _unet(
        "Conv3D",
        "(None, None, None, 1)",
        2,
        "lambda f: layers.MaxPooling3D()",
        "lambda f: layers.UpSampling3D()",
        _CONCAT,
    ),
    "unet_pad_and_crop": _START
    + """
image = Input((None, None, 1))
a = layers.Conv2D(4, 3)(image)
b = layers.MaxPooling2D()(a)
c = layers.Conv2D(4, 3, padding="same")(b)
d = layers.UpSampling2D()(c)
model = Model(image, layers.Add()([a, d]))
""",
    "unet_valid_with_crop": _START
    + """
image = Input((None, None, 1))
a = layers.Conv2D(4, 3)(image)
x = layers.MaxPooling2D()(a)
x = layers.Conv2D(4, 3)(x)
x = layers.UpSampling2D()(x)
model = Model(image, layers.Concatenate()([layers.Cropping2D(2)(a), x]))
""",
    "encoder_as_model": _START
    + """
image = Input((None, None, 1))
inner = Input((None, None, 1))
h = layers.Conv2D(4, 3, strides=2, padding="same")(inner)
h = layers.Conv2D(4, 3, strides=2, padding="same")(h)
encoder = Model(inner, h)
x = layers.UpSampling2D(4)(encoder(image))
model = Model(image, layers.Concatenate()([x, image]))
""",
    "merge_inside_a_model": _START
    + """
inner = Input((None, None, 1))
y = layers.UpSampling2D()(layers.MaxPooling2D()(inner))
block = Model(inner, layers.Add()([inner, y]))
image = Input((None, None, 1))
x = layers.MaxPooling2D()(image)
x = block(x)
model = Model(image, x)
""",
    "pyramid": _START
    + """
image = Input((None, None, 3))
levels, x = [], image
for _ in range(4):
    x = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu")(x)
    levels.append(x)
top = levels[-1]
for level in reversed(levels[:-1]):
    top = layers.add([layers.UpSampling2D()(top), layers.Conv2D(4, 1)(level)])
model = Model(image, top)
""",
    "attention_gate": _START
    + """
image = Input((None, None, 1))
skip = layers.Conv2D(4, 3, padding="same")(image)
gating = layers.Conv2D(4, 3, padding="same")(layers.MaxPooling2D()(skip))
theta = layers.Conv2D(4, 2, strides=2)(skip)
act = layers.Add()([theta, layers.Conv2D(4, 1)(gating)])
psi = layers.UpSampling2D()(layers.Conv2D(1, 1, activation="sigmoid")(act))
model = Model(image, layers.Multiply()([skip, psi]))
""",
    "two_strides_meet": _START
    + """
image = Input((None, None, 1))
a = layers.Conv2D(4, 3, strides=4, padding="same")(image)
b = layers.MaxPooling2D()(layers.MaxPooling2D()(image))
model = Model(image, layers.Concatenate()([a, b]))
""",
    "odd_sizes_only": _START
    + """
image = Input((None, None, 1))
x = layers.MaxPooling2D(2, padding="same")(image)
x = layers.UpSampling2D()(x)
model = Model(image, layers.Concatenate()([layers.ZeroPadding2D(((0, 1), (0, 1)))(image), x]))
""",
    "any_size": _START
    + """
image = Input((None, None, 1))
x = layers.Conv2D(4, 3, padding="same")(image)
y = layers.Conv2D(4, 5, padding="same")(image)
z = layers.MaxPooling2D(3, strides=1, padding="same")(x)
model = Model(image, layers.Concatenate()([x, y, z]))
""",
    "resnet_stride": _START
    + """
image = Input((None, None, 3))
x = layers.Conv2D(8, 3, strides=2, padding="same")(image)
short = layers.MaxPooling2D()(image)
x = layers.Add()([x, layers.Conv2D(8, 1)(short)])
short = layers.Conv2D(8, 1, strides=2)(x)
x = layers.Conv2D(8, 3, strides=2, padding="same")(x)
model = Model(image, layers.Add()([x, short]))
""",
}
