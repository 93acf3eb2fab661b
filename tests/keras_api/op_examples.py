"""Draws on which a rule once disagreed with the real function."""

from __future__ import annotations

from dataclasses import dataclass

from tests.keras_api.op_answers import EAGER, GRAPH, SYMBOLIC, Drawn, T


@dataclass(frozen=True)
class Example:
    """A call of an op in one world."""

    name: str
    mode: str
    version: int
    drawn: Drawn


EXAMPLES = [
    Example("ops.cumsum", GRAPH, 3, ((T((3, None)),), {"axis": 2})),
    Example("ops.broadcast_to", SYMBOLIC, 3, ((T((None,)), (1,)), {})),
    Example("tf.concat", GRAPH, 2, (([T((1,))], -4), {})),
    Example("ops.concatenate", EAGER, 3, (([T(())],), {})),
    Example("ops.vstack", SYMBOLIC, 3, (([T((6,)), T((6,))],), {})),
    Example("tf.slice", GRAPH, 2, ((T((4, 2)), [0, 1], [1, 2]), {})),
    Example("ops.multi_hot", SYMBOLIC, 3, ((T((2, 4, 1), "int32"), 3), {})),
    Example("tf.clip_by_value", GRAPH, 2, ((T(()), T((None,)), T(())), {})),
    Example("K.batch_flatten", GRAPH, 2, ((T((None, 3, 4)),), {})),
    Example("K.batch_flatten", SYMBOLIC, 2, ((T((2, 3, 4)),), {})),
    Example("ops.squeeze", GRAPH, 3, ((T((None,)), [-1]), {})),
    Example("tf.image.rot90", GRAPH, 2, ((T((2, 6, 1)),), {})),
    Example("tf.image.rot90", GRAPH, 2, ((T((4, 4, 3)),), {})),
    Example("tf.image.extract_patches", GRAPH, 2,
            ((T((None, 1, 6, 3)), [1, 3, 3, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"), {})),
    Example("K.resize_images", GRAPH, 2, ((T((None, 6, None, 3)), 2, 3, "channels_last"), {})),
    Example("ops.cholesky", SYMBOLIC, 3, ((T((None, 2)),), {})),
    Example("tf.linalg.inv", GRAPH, 2, ((T((None, 2)),), {})),
    Example("ops.fft", SYMBOLIC, 3, (((T((None,)), T((None,))),), {})),
    Example("ops.sort", SYMBOLIC, 3, ((T((6,)),), {"axis": 1})),
    Example("ops.flip", GRAPH, 3, ((T((1,)),), {"axis": 1})),
    Example("K.concatenate", EAGER, 2, (([T((4, 2)), T((2, 2))],), {"axis": -4})),
    Example("ops.one_hot", SYMBOLIC, 3, ((T((3, 2, 6), "int32"), 2), {"axis": -2})),
    Example("ops.image.rgb_to_grayscale", GRAPH, 3, ((T((2, 6, 3, 4)),), {})),
    Example("ops.image.rgb_to_grayscale", GRAPH, 3, ((T((None, None, None)),), {})),
    Example("ops.append", SYMBOLIC, 3, ((T((None,)), T((None,))), {"axis": 0})),
    Example("ops.binary_crossentropy", SYMBOLIC, 3, ((T((None,)), T((1,))), {})),
    Example("ops.categorical_crossentropy", SYMBOLIC, 3, ((T((None, 1)), T((None, None))), {})),
    Example("ops.einsum", SYMBOLIC, 3,
            (("abc,acd->abd", T((1, None, None)), T((5, None, None))), {})),
    Example("ops.einsum", SYMBOLIC, 3, (("ab,ac->abc", T((3, 2)), T((5, 2))), {})),
    Example("tf.nn.sigmoid_cross_entropy_with_logits", GRAPH, 2,
            ((), {"labels": T((1,)), "logits": T((None,))})),
    *(Example(name, SYMBOLIC, 2, ((T((None, 3), "float16"), T((None, 3))), {}))
      for name in ("tf.add", "tf.multiply", "tf.maximum", "tf.less", "K.maximum")),
    *(Example(name, SYMBOLIC, 2, (([T((None, 3), "float16"), T((None, 3))],), {"axis": 1}))
      for name in ("tf.concat", "tf.stack", "K.concatenate", "K.stack")),
    Example("tf.matmul", SYMBOLIC, 2, ((T((3, 3), "float16"), T((3, 3))), {})),
    Example("tf.matmul", SYMBOLIC, 2, ((T((3, 3), "bfloat16"), T((3, 3))), {})),
    Example("tf.add", SYMBOLIC, 2, ((T((None, 3), "float16"), [1.0, 2.0, 3.0]), {})),
    Example("tf.add", SYMBOLIC, 2, ((T((None, 3), "int32"), [1, 2, 3]), {})),
    Example("tf.where", SYMBOLIC, 2,
            ((T((None, 3), "bool"), T((None, 3), "float16"), T((None, 3), "float64")), {})),
    Example("ops.rot90", GRAPH, 3, ((T((None, None)),), {"k": 0, "axes": (1, 2)})),
    Example("ops.rot90", SYMBOLIC, 3, ((T((2, 3)),), {"axes": (0, -2)})),
    Example("ops.matmul", GRAPH, 3, ((T((2, 2, 3)), T((5, 4))), {})),
    *(Example("ops.matmul", mode, 3, ((T(a), T(b)), {}))
      for mode in (GRAPH, SYMBOLIC)
      for a, b in (((3,), (5, 4)), ((3,), (2, 3, 4)), ((2, 4, 3), (3,)), ((3,), (3,)))),
    Example("ops.matmul", GRAPH, 3, ((T((None, None, 1)), T((5, None))), {})),
    Example("ops.matmul", GRAPH, 3, ((T((1, None, 1)), T((5, 1))), {})),
    Example("ops.matmul", GRAPH, 3, ((T((None, 3)), T((5,))), {})),
]  # fmt: skip

# Here the repair was to say nothing, for what is asked differs between kernels, or is found out at run time.
LEFT_OPEN = [
    Example("ops.bitwise_and", SYMBOLIC, 3, ((T((1,), "int32"), T((5,), "int32")), {})),
    Example("ops.max", GRAPH, 3, ((T((1, 2)),), {"keepdims": True, "axis": [1, -1]})),
    Example("ops.hstack", SYMBOLIC, 3, (([T((6,))],), {})),
    Example("ops.dot", GRAPH, 3, ((T((None, 2, 3)), T((1, 5, 3))), {})),
    Example("tf.tensordot", GRAPH, 2, ((T((1, None, 1)), T((4, 2, 4)), 1), {})),
    Example("ops.tensordot", SYMBOLIC, 3, ((T((1, None, 1)), T((4, 2, 4)), 1), {})),
    Example("ops.kron", SYMBOLIC, 3, ((T((3, 1)), T((6,))), {})),
    Example("tf.one_hot", GRAPH, 2, ((T((), "int32"), 2), {"axis": 1})),
    Example("K.permute_dimensions", GRAPH, 2, ((T((None, 4, 3, 4)), [0, 3, -4, 3]), {})),
    Example("ops.rot90", SYMBOLIC, 3, ((T((4, 2, 6)),), {"k": 2})),
    Example("ops.median", GRAPH, 3, ((T((3, 1, None, 3)),), {"axis": -1})),
    Example("ops.add", EAGER, 3, ((T((1, 5, 1, 2)), T((1, 1, 5, 1))), {})),
    Example("ops.add", GRAPH, 3, ((T((1, 5, None)), T((5,))), {})),
    Example("ops.separable_conv", GRAPH, 3,
            ((T((None, 5, None, 4)), T((4, 2, 4, 2)), T((1, 1, 8, 4))),
             {"strides": 1, "padding": "valid", "dilation_rate": 2})),
    Example("ops.max", SYMBOLIC, 3, ((T((6,)),), {"axis": [0, 0]})),
    Example("tf.reduce_mean", GRAPH, 2, ((T((4, None)),), {"axis": (0, 0), "keepdims": True})),
    Example("K.max", SYMBOLIC, 2, ((T((None,)),), {"axis": (0, 0), "keepdims": False})),
    Example("tf.argmax", GRAPH, 2, ((T((1,)),), {"axis": 2})),
    Example("K.argmin", SYMBOLIC, 2, ((T((2,)),), {"axis": 3})),
    Example("tf.reshape", GRAPH, 2, ((T((4,)), (12, 1, -1, -1)), {})),
    Example("ops.trace", GRAPH, 3, ((T((6, None)),), {"axis1": 1})),
    Example("ops.diag", GRAPH, 3, ((T((None,)),), {"k": 2})),
    Example("ops.dot", SYMBOLIC, 3, ((T((None, None, None, 1)), T((None,))), {})),
    Example("ops.einsum", GRAPH, 3, (("...a,ab->...b", T((4, 4, 1)), T((5, None))), {})),
    Example("tf.one_hot", GRAPH, 2, ((T((1,), "int32"), 2), {"axis": 3})),
    Example("ops.slogdet", SYMBOLIC, 3, ((T((3, 1)),), {})),
    Example("ops.categorical_crossentropy", SYMBOLIC, 3, ((T((None,)), T((1,))), {})),
    Example("K.permute_dimensions", GRAPH, 2, ((T((None, None)), [0, 0]), {})),
    Example("ops.add", GRAPH, 3, ((T((None, 2, 1, 1)), T((2, 1))), {})),
    Example("ops.add", GRAPH, 3, ((T((None, 5, 3)), T((5,))), {})),
    Example("ops.conv", GRAPH, 3, ((T((None, None, 4, 1)), T((1, 1, 1, 1))),
            {"strides": 1, "padding": "valid", "dilation_rate": 2})),
    Example("ops.depthwise_conv", GRAPH, 3, ((T((None, None, 4, 1)), T((1, 1, 1, 1))),
            {"strides": 1, "padding": "valid", "dilation_rate": 2})),
    Example("ops.diag", GRAPH, 3, ((T((1, 1)),), {"k": 1})),
    Example("ops.diagonal", GRAPH, 3, ((T((1, 1)),), {"offset": 1})),
    Example("ops.trace", GRAPH, 3, ((T((1, 1)),), {"offset": 2})),
    Example("ops.squeeze", SYMBOLIC, 3, ((T((1,)), [0, 0]), {})),
    Example("tf.image.extract_patches", GRAPH, 2,
            ((T((None, 1, 1, 3)), [1, 3, 3, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID"), {})),
    Example("tf.image.grayscale_to_rgb", GRAPH, 2, ((T((None, None)),), {})),
]  # fmt: skip
