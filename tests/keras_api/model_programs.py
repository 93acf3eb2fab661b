"""Programs that take models apart, clone them and call them again; each leaves its answers in RESULT.

They run under both versions of Keras: ``keras``, ``layers``, ``Input``, ``Model`` and ``Sequential`` are
those of the version that is meant.
"""

from __future__ import annotations

PROGRAMS: dict[str, str] = {
    "layers minus 2": """
m = Sequential([Input((8,)), layers.Dense(5), layers.Dense(3)])
e = Model(m.inputs, m.layers[-2].output)
RESULT = [e.output.shape, e(Input((8,))).shape, e.output_shape, len(e.layers)]
""",
    "layers functional": """
i = Input((16, 16, 3), name="i")
a = layers.Conv2D(4, 3, name="a")(i)
b = layers.Conv2D(4, 3, name="b")(i)
c = layers.Add(name="c")([a, b])
d = layers.Flatten(name="d")(c)
m = Model(i, [d, c])
RESULT = [
    [layer.name for layer in m.layers],
    m.layers[-2].output.shape,
    m.layers[1].output.shape,
    m.get_layer(index=2).name,
    m.get_layer("c").output.shape,
    m.get_layer(index=-1).name,
    [tuple(o.shape) for o in m.outputs],
]
""",
    "shared layer depth": """
i = Input((16,))
j = Input((16,), name="j")
s = layers.Dense(16, name="s")
a = s(i)
b = layers.Dense(16, name="p")(s(s(j)))
c = layers.Concatenate(name="c")([a, b])
m = Model([i, j], c)
RESULT = [[layer.name for layer in m.layers][2:], m.get_layer("c").output.shape]
""",
    "ops between": """
i = Input((16, 16, 3), name="i")
a = layers.Conv2D(4, 3, name="a")(i)
b = a + 1.0
d = layers.Flatten(name="d")(b * a)
m = Model(i, d)
RESULT = [
    m.layers[-1].name,
    m.layers[0].name,
    m.get_layer("a").output.shape,
    m.get_layer("d").input.shape,
]
""",
    "ops count": """
i = Input((16, 16, 3), name="i")
a = layers.Conv2D(4, 3, name="a")(i)
b = a + 1.0
d = layers.Flatten(name="d")(b * a)
m = Model(i, d)
RESULT = [
    [layer.name for layer in m.layers][:2],
    m.layers[-1].name,
    m.layers[-2].output.shape,
]
""",
    "dict inputs": """
i = {"x": Input((4,), name="x"), "y": Input((6,), name="y")}
o = layers.Concatenate()([layers.Dense(3)(i["x"]), i["y"]])
m = Model(i, {"o": o, "p": layers.Dense(2)(o)})
r = m({"y": Input((6,)), "x": Input((4,))})
RESULT = [r["o"].shape, r["p"].shape, m.output["o"].shape if isinstance(m.output, dict) else None]
""",
    "dict given to list": """
x = Input((4,), name="x")
y = Input((6,), name="y")
m = Model([x, y], layers.Concatenate()([layers.Dense(3)(x), y]))
RESULT = [m({"y": Input((6,)), "x": Input((4,))}).shape, m([Input((4,)), Input((6,))]).shape]
""",
    "list given to dict": """
x = Input((4,), name="b")
y = Input((6,), name="a")
m = Model({"b": x, "a": y}, [layers.Dense(3)(x), y])
r = m([Input((6,)), Input((4,))])
RESULT = [t.shape for t in r]
""",
    "other size": """
i = Input((None, None, 3))
m = Model(i, layers.Conv2D(4, 3, strides=2)(i))
RESULT = [
    m.output.shape,
    m(Input((32, 32, 3))).shape,
    m(Input((64, None, 3))).shape,
    m.output_shape,
    m.compute_output_shape((None, 32, 32, 3)),
]
""",
    "other size fixed": """
i = Input((32, 32, 3))
m = Model(i, layers.Conv2D(4, 3, strides=2)(i))
RESULT = [m(Input((None, None, 3))).shape]
""",
    "clone": """
i = Input((8, 8, 3))
m = Model(i, layers.Dense(7, name="q")(layers.Flatten()(layers.Conv2D(4, 3)(i))), name="mm")
c = keras.models.clone_model(m)
RESULT = [
    c.output.shape,
    c.name,
    [layer.name for layer in c.layers][1:],
    c.get_layer("q").output.shape,
    c(Input((8, 8, 3))).shape,
    c is m,
    c.get_layer("q") is m.get_layer("q"),
    c.count_params(),
]
""",
    "clone sequential": """
m = Sequential(
    [Input((8, 8, 3)), layers.Conv2D(4, 3, name="z"), layers.Flatten(), layers.Dense(7, name="q")]
)
c = keras.models.clone_model(m)
RESULT = [
    c.output_shape,
    len(c.layers),
    c.get_layer("q").output.shape,
    c.layers[0] is m.layers[0],
    c.layers[-2].output.shape,
]
""",
    "clone input tensors": """
i = Input((None, None, 3))
m = Model([i], layers.Conv2D(4, 3, name="z")(i))
c = keras.models.clone_model(m, input_tensors=[Input((32, 32, 3))])
RESULT = [c.output.shape, c.get_layer("z").output.shape, m.output.shape]
""",
    "clone sequential tensors": """
m = Sequential([Input((None, None, 3)), layers.Conv2D(4, 3, name="z")])
c = keras.models.clone_model(m, input_tensors=Input((32, 32, 3)))
RESULT = [c.output_shape, c.get_layer("z").output.shape]
""",
    "clone function": """
i = Input((8, 8, 3))
m = Model(i, layers.Dense(7, name="q")(layers.Flatten(name="f")(layers.Conv2D(4, 3, name="z")(i))))


def change(layer):
    if isinstance(layer, layers.Dense):
        return layers.Dense(9, name="w")
    if isinstance(layer, layers.Conv2D):
        config = layer.get_config()
        config["filters"] = 5
        return layers.Conv2D.from_config(config)
    return layer.__class__.from_config(layer.get_config())


c = keras.models.clone_model(m, clone_function=change)
RESULT = [c.output.shape, [layer.name for layer in c.layers][1:], c.get_layer("z").output.shape]
""",
    "clone of nested": """
i = Input((8,))
inner = Sequential([Input((8,)), layers.Dense(5, name="d5")], name="inner")
m = Model(i, layers.Dense(2)(inner(i)))
c = keras.models.clone_model(m)
RESULT = [c.output.shape, c.get_layer("inner").output.shape, c.layers[1].layers[0].name]
""",
    "pop": """
m = Sequential([Input((8,)), layers.Dense(5), layers.Dense(3)])
m.pop()
a = m.output_shape
m.add(layers.Dense(11))
RESULT = [a, m.output_shape, len(m.layers), m(Input((8,))).shape]
""",
    "pop all": """
m = Sequential([layers.Dense(5), layers.Dense(3)])
x = m.pop()
m.add(layers.Dense(11))
RESULT = [m(Input((8,))).shape, len(m.layers)]
""",
    "layers pop": """
i = Input((8,))
m = Model(i, layers.Dense(3)(layers.Dense(5)(i)))
m.layers.pop()
RESULT = [m.output.shape, m.layers[-1].output.shape, len(m.layers)]
""",
    "slice from the middle": """
i = Input((8,))
m = Model(i, layers.Dense(3, name="c")(layers.Dense(5, name="b")(layers.Dense(4, name="a")(i))))
t = Model(m.get_layer("b").input, m.output)
RESULT = [t.input.shape, t(Input((4,))).shape, len(t.layers)]
""",
    "slice mid input tensor": """
i = Input((8,))
m = Model(i, layers.Dense(3, name="c")(layers.Dense(5, name="b")(layers.Dense(4, name="a")(i))))
x = Input((5,))
y = x
for layer in m.layers[3:]:
    y = layer(y)
t = Model(x, y)
RESULT = [t.input.shape, t.output.shape, [layer.name for layer in t.layers][1:]]
""",
    "head swap": """
base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
x = base.layers[-4].output
o = layers.Dense(2)(layers.GlobalAveragePooling2D()(x))
m = Model(base.input, o)
RESULT = [x.shape, m.output.shape, base.layers[-4].name, len(m.layers), m.layers[-3].name]
""",
    "nested": """
base = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(64, 64, 3))
m = Sequential([base, layers.GlobalAveragePooling2D(), layers.Dense(2)])
RESULT = [
    m.output_shape,
    m.layers[0].name,
    m.layers[0].output.shape,
    m.layers[0].get_layer("conv_pw_6_relu").output.shape,
    m.layers[-2].output.shape,
]
""",
    "multi output": """
i = Input((8,))
a = layers.Dense(3, name="a")(i)
b = layers.Dense(4, name="b")(i)
m = Model(i, [a, b])
x, y = m(Input((8,)))
z = m.output
RESULT = [x.shape, y.shape, [t.shape for t in z], m.output_shape, len(m.outputs)]
""",
    "model of models": """
def f(n):
    i = Input((8,))
    return Model(i, layers.Dense(n)(i))


m = [f(n) for n in (3, 4)]
i = Input((8,))
c = Model(i, layers.Concatenate()([k(i) for k in m]))
RESULT = [c.output.shape, len(c.layers), c.layers[1].output.shape]
""",
    "sequential of list with model": """
s = Sequential([layers.Dense(3), layers.Dense(4)])
s.build((None, 7))
RESULT = [s.output_shape, s.layers[0].output.shape, s.count_params(), s.input_shape]
""",
    "sequential add input_shape": """
s = Sequential()
s.add(layers.Conv2D(3, 3, input_shape=(16, 16, 3)))
s.add(layers.Flatten())
RESULT = [s.output_shape, s.layers[-1].output.shape, s.layers[0].input.shape]
""",
    "get_layer index and name": """
s = Sequential([Input((8,)), layers.Dense(3, name="a"), layers.Dense(4, name="b")])
RESULT = [
    s.get_layer("b").output.shape,
    s.get_layer(index=0).output.shape,
    s.get_layer(index=1).name,
    s.get_layer(name="a").units,
]
""",
    "layer from config": """
l = layers.Conv2D(5, 3, strides=2)
k = layers.Conv2D.from_config(l.get_config())
j = l.__class__.from_config(l.get_config())
n = type(l).from_config(l.get_config())
x = Input((17, 17, 3))
RESULT = [
    k(x).shape,
    j(x).shape,
    k is l,
    n(x).shape,
    l.get_config()["filters"],
    l.get_config()["kernel_size"],
]
""",
    "subclassed functional": """
class M(Model):
    def __init__(self):
        i = Input((8,))
        super().__init__(i, layers.Dense(3, name="q")(i))


m = M()
RESULT = [
    m.output.shape,
    m(Input((8,))).shape,
    m.layers[-1].name,
    m.get_layer("q").output.shape,
    len(m.layers),
]
""",
    "model input and inputs": """
x = Input((4,))
y = Input((6,))
m = Model([x, y], layers.Concatenate()([x, y]))
RESULT = [[t.shape for t in m.inputs], [t.shape for t in m.input], m.input_shape, m.output.shape]
""",
    "one in list": """
x = Input((4,))
m = Model([x], [layers.Dense(3)(x)])
r = m(Input((4,)))
q = m([Input((4,))])
RESULT = [
    r[0].shape if isinstance(r, list) else r.shape,
    q[0].shape if isinstance(q, list) else q.shape,
    isinstance(r, list),
]
""",
    "clone one input tensor": """
i = Input((None, None, 3))
m = Model(i, layers.Conv2D(4, 3, name="z")(i))
c = keras.models.clone_model(m, input_tensors=Input((32, 32, 3)))
RESULT = [c.output.shape, c.get_layer("z").output.shape, m.output.shape]
""",
    "index and a negative": """
i = Input((16, 16, 3), name="i")
a = layers.Conv2D(4, 3, name="a")(i)
d = layers.Flatten(name="d")((-a + 1.0)[:, 1:] * 2)
m = Model(i, d)
RESULT = [m.layers[-1].name, m.layers[1].output.shape, m.get_layer("a").output.shape]
""",
}
