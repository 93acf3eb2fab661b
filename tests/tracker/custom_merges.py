"""Small programs that merge by their own code, each once with tensors that fit and once with others.

``START`` makes the inputs: ``b`` and ``t`` have ``UNITS`` features, the others 8.
"""

START = """
import functools
import operator

import keras
import tensorflow as tf
from keras import Input, layers, ops

UNITS = {units}
a, b = Input((8,)), Input((UNITS,))
s, t, q = Input((5, 8)), Input((5, UNITS)), Input((4, 8))
"""

PROGRAMS = {
    "accumulate": """
class M(layers.Layer):
    def call(self, xs):
        tot = tf.zeros_like(xs[0])
        for x in xs:
            tot = tot + x
        return tot / len(xs)
M()([a, b])
""",
    "dict_comp": """
class M(layers.Layer):
    def call(self, xs):
        ys = {k: ops.relu(v) for k, v in xs.items()}
        return ys['p'] * ys['q']
M()({'p': a, 'q': b})
""",
    "dict_values": """
class M(layers.Layer):
    def call(self, xs):
        return ops.concatenate(list(xs.values()), axis=1)
M()({'p': s, 'q': t})
""",
    "einsum_ellipsis": """
class M(layers.Layer):
    def call(self, xs):
        return ops.einsum('...ij,...kj->...ik', xs[0], xs[1])
M()([s, t])
""",
    "einsum_ops": """
class M(layers.Layer):
    def call(self, xs):
        return ops.einsum('bij,bkj->bik', xs[0], xs[1])
M()([s, t])
""",
    "enumerate": """
class M(layers.Layer):
    def call(self, xs):
        out = None
        for i, x in enumerate(xs):
            out = x if out is None else out + x
        return out
M()([a, b])
""",
    "in_place": """
class M(layers.Layer):
    def call(self, xs):
        out = xs[0]
        out += xs[1]
        return out
M()([a, b])
""",
    "lambda_arguments": """
layers.Lambda(lambda xs, axis: tf.concat(xs, axis), arguments={'axis': 1})([s, t])
""",
    "lambda_named": """
def f(xs):
    x, y = xs
    return x - y
layers.Lambda(f)((a, b))
""",
    "map_lambda": """
class M(layers.Layer):
    def call(self, xs):
        ys = list(map(ops.relu, xs))
        return ops.add(*ys)
M()([a, b])
""",
    "match": """
class M(layers.Layer):
    def call(self, xs):
        match xs:
            case [x, y]:
                return x + y
M()([a, b])
""",
    "matmul_transpose_b": """
class M(layers.Layer):
    def call(self, xs):
        x, y = xs
        return tf.matmul(x, y, transpose_b=True)
M()([s, t])
""",
    "nested_custom": """
class Inner(layers.Layer):
    def call(self, x, y):
        return x + y
class M(layers.Layer):
    def __init__(self):
        super().__init__()
        self.i = Inner()
    def call(self, xs):
        return self.i(xs[0], xs[1])
M()([a, b])
""",
    "override": """
class Base(layers.Layer):
    def call(self, xs):
        return self.combine(xs[0], xs[1])
class M(Base):
    def combine(self, x, y):
        return ops.maximum(x, y)
M()([a, b])
""",
    "partial": """
def f(x, y, scale):
    return x + scale * y
layers.Lambda(lambda v: functools.partial(f, scale=2.0)(*v))([a, b])
""",
    "reduce_add": """
class M(layers.Layer):
    def call(self, xs):
        return functools.reduce(tf.add, xs)
M()([a, b])
""",
    "reduce_op": """
class M(layers.Layer):
    def call(self, xs):
        return functools.reduce(operator.mul, xs)
M()([a, b])
""",
    "squared_difference": """
class M(layers.Layer):
    def call(self, xs):
        return tf.math.squared_difference(xs[0], xs[1])
M()([a, b])
""",
    "star_inputs": """
class M(layers.Layer):
    def call(self, *xs):
        return ops.add(xs[0], xs[1])
M()(a, b)
""",
    "static_helper": """
class M(layers.Layer):
    @staticmethod
    def mix(x, y):
        return x / y
    def call(self, xs):
        return self.mix(*xs)
M()([a, b])
""",
    "sum_builtin": """
class M(layers.Layer):
    def call(self, xs):
        return sum(xs)
M()([a, b])
""",
    "tf_function_layer": """
class M(layers.Layer):
    @tf.function
    def call(self, xs):
        return xs[0] + xs[1]
M()([a, b])
""",
    "vectorized_mean": """
class M(layers.Layer):
    def call(self, xs):
        return tf.reduce_mean(tf.stack([x for x in xs if x is not None], 1), 1)
M()([a, b])
""",
    "walrus": """
class M(layers.Layer):
    def call(self, xs):
        if (n := len(xs)) > 1:
            return xs[0] + xs[1]
        return xs[n - 1]
M()([a, b])
""",
    "where": """
class M(layers.Layer):
    def call(self, xs):
        x, y = xs
        return tf.where(x > 0, x, y)
M()([a, b])
""",
    "zip_star": """
class M(layers.Layer):
    def call(self, xs):
        (x, y), = zip(*[[v] for v in xs])
        return x + y
M()([a, b])
""",
}
