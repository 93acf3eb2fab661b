"""Merges in every spelling: a comment ``#: name`` tells which stand on a line; a line without has none."""

from __future__ import annotations

IMPORTS = {
    "a layer under another name": """
        from keras.layers import Add as Plus
        y = Plus()([a, b])  #: Add
    """,
    "a package under another name": """
        import tensorflow.keras as tk
        y = tk.layers.Add()([a, b])  #: Add
    """,
    "a module in a variable": """
        import keras
        L = keras.layers
        y = L.Add()([a, b])  #: Add
    """,
    "a dotted import": """
        import keras.layers
        y = keras.layers.Concatenate()([a, b])  #: Concatenate
    """,
    "tf.keras": """
        import tensorflow as tf
        y = tf.keras.layers.Multiply()([a, b])  #: Multiply
    """,
    "the module of the merge layers": """
        from keras.layers.merge import Dot, average
        import tensorflow as tf
        y = Dot(axes=1)([a, b])  #: Dot
        z = average([y, a])  #: Average
        z = tf.keras.layers.merge.Add()([y, a])  #: Add
    """,
    "a star import": """
        from keras.layers import *
        y = Concatenate()([a, b])  #: Concatenate
        z = add([a, b])  #: Add
    """,
    "a star import of the ops": """
        from keras.ops import *
        y = concatenate([a, b])  #: ops.concatenate
        n = sum([1, 2])
    """,
    "one of two imports": """
        try:
            from keras.layers import Add
        except ImportError:
            from tensorflow.keras.layers import Add
        y = Add()([a, b])  #: Add
    """,
    "tf_keras and keras.src": """
        import tf_keras
        from keras.src import layers, ops
        y = tf_keras.layers.Add()([a, b])  #: Add
        z = layers.Subtract()([a, b])  #: Subtract
        t = ops.multiply(y, z)  #: multiply
    """,
    "an import inside a function": """
        def build(a, b):
            from keras.layers import Maximum as Most
            return Most()([a, b])  #: Maximum
    """,
    "a name of another file says what it is": """
        from .parts import Concatenate, layers
        y = Concatenate(axis=-1)([a, b])  #: Concatenate
        z = layers.add([y, a])  #: Add
    """,
    "modules in the arguments": """
        def block(x, y, layers=None, **kwargs):
            keras = kwargs["keras"]
            x = layers.Add()([x, y])  #: Add
            return keras.layers.concatenate([x, y])  #: Concatenate
    """,
    "the name in a string": """
        from keras import layers
        y = getattr(layers, "Add")()([a, b])  #: Add
    """,
    "a string that is no name": """
        from keras import layers
        size = getattr(layers, "no name", None)
        y = layers.Add()([a, b])  #: Add
    """,
}

INSTANCES = {
    "a layer in a variable": """
        from keras.layers import Concatenate
        join = Concatenate()
        y = join([a, b])  #: Concatenate
    """,
    "a class in a variable": """
        from keras.layers import Concatenate
        Merge = Concatenate
        y = Merge()([a, b])  #: Concatenate
    """,
    "a layer in an attribute": """
        from keras import layers, Model

        class Net(Model):
            def __init__(self):
                super().__init__()
                self.add = layers.Add()

            def call(self, inputs):
                return self.add([inputs, inputs])  #: Add
    """,
    "a layer in an attribute of a base class": """
        import keras

        class Base(keras.layers.Layer):
            def build(self, input_shape):
                self.join = keras.layers.Concatenate()

        class Block(Base):
            def call(self, x):
                return self.join([x, x])  #: Concatenate
    """,
    "a layer in a class": """
        from keras.layers import Add, Layer

        class Block(Layer):
            join = Add()

            def call(self, x):
                return self.join([x, x])  #: Add
    """,
    "layers in a dict": """
        from keras.layers import Add, Multiply
        MERGES = {"sum": Add}
        gates = dict(mul=Multiply())
        y = MERGES["sum"]()([a, b])  #: Add
        z = gates.get("mul")([a, y])  #: Multiply
    """,
    "layers in a list": """
        from keras.layers import Add
        joins = []
        for _ in range(3):
            joins.append(Add())
        for join in joins:
            a = join([a, b])  #: Add
        a = joins[0]([a, b])  #: Add
        a = [join([a, b]) for join in joins]  #: Add
    """,
    "a layer that a function makes": """
        from keras.layers import Concatenate

        def joiner(axis=-1):
            return Concatenate(axis=axis)

        y = joiner()([a, b])  #: Concatenate
    """,
    "a layer that is passed": """
        from keras.layers import Add

        def skip(x, y, merge):
            return merge([x, y])  #: Add

        z = skip(a, b, merge=Add())
    """,
    "one layer or the other": """
        from keras.layers import Add, Dense
        layer = Add() if flag else Dense(3)
        y = layer([a, b])  #: Add
    """,
    "one of several merges": """
        from keras.layers import Add, Multiply
        table = {"sum": Add, "product": Multiply}
        y = table[kind]()([a, b])  #: Add or Multiply
    """,
    "the call of the layer": """
        from keras.layers import Add

        class Sum(Add):
            def call(self, inputs):
                return super().call(inputs)  #: Add

        y = Add().__call__([a, b])  #: Add
    """,
    "a subclass that merges as its base does": """
        from keras.layers import Concatenate

        class Join(Concatenate):
            pass

        y = Join()([a, b])  #: Concatenate
    """,
    "unpacked, and assigned in passing": """
        from keras.layers import Add, Concatenate
        one, other = Add(), Concatenate()
        y = one([a, b])  #: Add
        z = other([a, b])  #: Concatenate
        if (again := Add()):
            t = again([y, z])  #: Add
    """,
}

FUNCTIONS = {
    "functional forms": """
        from keras.layers import add, concatenate as join
        from keras import layers
        y = add([a, b])  #: Add
        z = join([a, b])  #: Concatenate
        t = layers.dot([a, b], axes=1)  #: Dot
    """,
    "Keras 1": """
        from keras.layers import merge, Merge
        y = merge([a, b], mode="concat")  #: merge
        z = Merge(mode="sum")([a, b])  #: Merge
    """,
    "keras.ops": """
        import keras
        from keras import ops
        y = ops.concatenate([a, b], axis=-1)  #: ops.concatenate
        z = keras.ops.add(y, a)  #: ops.add
        t = keras.ops.numpy.stack([y, z])  #: ops.numpy.stack
        n = ops.maximum(t, 0)
    """,
    "the backend": """
        from keras import backend as K
        import tensorflow as tf
        y = K.concatenate([a, b])  #: K.concatenate
        z = K.batch_dot(y, a, axes=1)  #: K.batch_dot
        t = tf.keras.backend.stack([y, z])  #: K.stack
    """,
    "TensorFlow": """
        import tensorflow as tf
        from tensorflow import concat
        from tensorflow.compat.v1 import add_n
        y = tf.concat([a, b], axis=1)  #: tf.concat
        y = tf.concat(values=[a, b], axis=1)  #: tf.concat
        z = tf.math.multiply(y, a)  #: tf.math.multiply
        z = tf.matmul(y, a, transpose_b=True)  #: tf.matmul
        t = concat(parts, 0)  #: tf.concat
        s = add_n([a, b])  #: tf.compat.v1.add_n
    """,
    "one tensor is no merge": """
        import tensorflow as tf
        y = tf.concat([a], 0)
        z = tf.maximum(y, 0.0)
        t = tf.multiply(2, z)
        s = tf.stack([1, 2])
        r = tf.reduce_sum(z, axis=1)
    """,
    "a function in a variable": """
        import tensorflow as tf
        from functools import partial
        join = tf.concat
        rows = partial(tf.concat, axis=0)
        y = join([a, b], 1)  #: tf.concat
        z = rows([a, b])  #: tf.concat
    """,
    "functions that are called on a list": """
        import functools, operator
        import tensorflow as tf
        from keras.layers import Dense, Input
        parts = [Dense(2)(Input((3,))) for _ in range(3)]
        y = sum(parts)  #: +
        z = functools.reduce(tf.add, parts)  #: tf.add
        t = functools.reduce(operator.mul, parts)  #: *
        n = sum([1, 2, 3])
    """,
    "functions of Python that have the name": """
        import operator, numpy
        from keras.layers import Dense
        y = operator.add(Dense(2)(a), Dense(2)(b))  #: +
        z = numpy.add(a, b)
        n = operator.add(1, 2)
        seen = set()
        seen.add(z)
    """,
}

OPERATORS = {
    "of what layers give": """
        from keras.layers import Dense
        x = Dense(3)(a)
        y = x + Dense(3)(b)  #: +
        z = x * y  #: *
        t = x @ z / y  #: @, /
        u = x < y  #: <
    """,
    "of inputs and ops": """
        import keras
        from keras import ops
        x = keras.Input((3,))
        y = ops.relu(x) - x  #: -
        y -= x  #: -
    """,
    "of the parameters of a layer": """
        from keras.layers import Layer

        class Mean(Layer):
            def call(self, inputs, weights, training=None):
                first, second = inputs
                total = first * weights + second  #: +, *
                if training:
                    total *= 0.5
                return total / inputs[0]  #: /
    """,
    "of a weight": """
        from keras.layers import Layer

        class Scale(Layer):
            def build(self, input_shape):
                size = input_shape[-1] * 2 + input_shape[0]
                self.scale = self.add_weight(shape=(size,))

            def call(self, x):
                return x * self.scale  #: *
    """,
    "of what a function is given": """
        from keras.layers import Dense

        def residual(x, y):
            return x + y  #: +

        z = residual(Dense(3)(a), b)
    """,
    "in a Lambda": """
        from keras.layers import Lambda

        def scaled(x):
            return x[0] * x[1]  #: *

        y = Lambda(lambda x: x[0] + x[1])([a, b])  #: Lambda, +
        z = Lambda(scaled)(pair)
    """,
    "of numbers and texts": """
        from keras.layers import Dense
        width, depth = 3, 2
        n = width + depth
        for i in range(n):
            n = n * i + len(names)
            x = Dense(n)(a) * 0.5
        shape = x.shape[1] * width + x.shape[2]
        name = "a" + prefix + str(i)
        sizes = [1, 2] + [n]
        rate = float(text) / width
    """,
    "of things that nobody knows": """
        import keras
        y = a + b
        z = options.width * options.height
    """,
}

OWN_LAYERS = {
    "a list of tensors": """
        from keras.layers import Layer

        class Gate(Layer):
            def call(self, inputs):
                return inputs[0]

        gate = Gate()
        y = gate([a, b])  #: Gate
        z = gate(a)
        t = Gate()((a, y))  #: Gate
    """,
    "several tensors": """
        import keras

        class Cross(keras.Model):
            def call(self, query, value=None, training=False):
                return query

        y = Cross()(a, b)  #: Cross
        z = Cross()(a, value=b)  #: Cross
        t = Cross()(a, training=True)
    """,
    "a base from another file": """
        from .base import Block

        class Fuse(Block):
            def call(self, inputs):
                return inputs[0]

        y = Fuse()([a, b])  #: Fuse
    """,
    "a list in a variable": """
        from keras.layers import Lambda, Input
        pair = [Input((3,)), Input((3,))]
        y = Lambda(first)(pair)  #: Lambda
    """,
    "what is no layer": """
        import keras

        class Pair:
            def __call__(self, a, b):
                return a

        y = Pair()(a, b)
        z = keras.layers.Dense(3)(a)
        t = keras.layers.Attention()([a, b])
    """,
}

SPELLINGS = {**IMPORTS, **INSTANCES, **FUNCTIONS, **OPERATORS, **OWN_LAYERS}
