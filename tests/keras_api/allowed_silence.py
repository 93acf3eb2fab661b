"""How many answers the rules may leave open, where that is more than a tenth, and why.

The oracle tests count on every run; see :mod:`tests.silence` for what few draws make of a share.  An op
has a bound for each world in which it is asked, a layer for each version of Keras.
"""

from __future__ import annotations

from typing import TypeVar

from kerasmergelint.keras_api.protocol import KerasVersion
from tests.keras_api.layer_draws import V2, V3
from tests.keras_api.op_answers import EAGER, GRAPH, SYMBOLIC
from tests.silence import USUAL, Allowed

# Where it holds (worlds, or versions), the share, why, and the names.
Where = TypeVar("Where")
_Row = tuple[tuple[Where, ...], float, str, str]


def _table(rows: list[_Row[Where]], separator: str) -> dict[tuple[str, Where], Allowed]:
    found: dict[tuple[str, Where], Allowed] = {}
    for places, share, reason, names in rows:
        for key in [(name, place) for name in names.split(separator) for place in places]:
            assert key not in found, f"{key} stands here twice"
            found[key] = Allowed(share, reason)
    return found


# -- ops ------------------------------------------------------------------------------------

ALL = (SYMBOLIC, GRAPH, EAGER)
TENSORFLOW = (GRAPH, EAGER)
_OPS: list[_Row[str]] = [
    # What cannot be known before the op runs.
    (ALL, 1, "the number of bins depends on the data", "ops.bincount"),
    (TENSORFLOW, 1, "the number of bins depends on the data", "tf.math.bincount"),
    ((EAGER,), 1, "the number of segments depends on the data",
     "tf.math.segment_max tf.math.segment_mean tf.math.segment_min tf.math.segment_prod "
     "tf.math.segment_sum"),
    ((EAGER,), 0.9, "without a number of segments it depends on the data",
     "ops.segment_max ops.segment_min ops.segment_prod ops.segment_sum"),
    ((EAGER,), 0.9, "how much a mask keeps depends on the data", "tf.boolean_mask"),
    ((EAGER,), 1, "how many boxes are left depends on the data", "tf.image.non_max_suppression"),
    ((EAGER,), 0.6, "without a length it depends on the data", "tf.sequence_mask"),
    ((GRAPH,), 1, "TensorFlow does not infer it",
     "ops.inner ops.nanmedian ops.nanpercentile ops.nanquantile ops.searchsorted"),
    ((GRAPH,), 0.9, "TensorFlow does not infer it from sizes that are open",
     "ops.median ops.percentile ops.quantile"),
    ((GRAPH,), 0.7, "TensorFlow does not infer it from sizes that are open", "ops.diag ops.diagflat"),
    ((GRAPH,), 0.9, "a graph must know all sizes", "ops.image.elastic_transform"),
    ((GRAPH,), 0.6, "the parts of an axis of unknown size", "ops.array_split"),
    ((GRAPH,), 0.4, "the last part of an axis of unknown size", "ops.split"),
    ((GRAPH,), 0.5, "the smaller of two sizes of which one is open", "ops.qr tf.linalg.qr"),
    ((GRAPH,), 0.3, "it is not known which sizes are 1", "ops.squeeze tf.squeeze"),
    ((GRAPH,), 0.5, "the channels are compared at run time", "tf.image.rgb_to_grayscale"),
    ((GRAPH,), 0.2, "sizes are compared at run time", "ops.dot tf.einsum"),
    ((SYMBOLIC,), 0.2, "sizes are compared at run time", "ops.tensordot"),
    # What Keras itself describes wrongly, or TensorFlow's kernels see in different ways.
    (ALL, 1, "Keras's shape functions do not broadcast as TensorFlow does: only equal sizes are certain",
     "ops.bitwise_and ops.bitwise_left_shift ops.bitwise_or ops.bitwise_right_shift ops.bitwise_xor "
     "ops.gcd ops.heaviside ops.hypot ops.lcm ops.left_shift ops.right_shift"),
    (ALL, 1, "Keras's shape function takes the sign for one number", "ops.slogdet"),
    (ALL, 0.8, "Keras's shape function does not look at the matrix", "ops.logdet"),
    (TENSORFLOW, 1, "only for Keras tensors of one rank it is certain", "ops.kron"),
    ((SYMBOLIC,), 0.7, "only for tensors of one rank it is certain", "ops.kron"),
    ((SYMBOLIC,), 1, "it raises for Keras tensors, which Keras may repair",
     "activations.hard_silu activations.hard_swish activations.mish activations.sparsemax"),
    ((SYMBOLIC,), 0.6, "Keras's shape function does not know vectors", "ops.hstack"),
    ((SYMBOLIC,), 0.4, "Keras's shape function turns once too often", "ops.rot90"),
    ((SYMBOLIC,), 0.3, "Keras's shape function and TensorFlow differ", "ops.broadcast_to"),
    ((SYMBOLIC,), 0.3, "Keras's shape function takes two vectors of different sizes",
     "ops.categorical_crossentropy"),
    (TENSORFLOW, 0.4, "Keras has kernels of its own for some equations", "ops.einsum"),
    (TENSORFLOW, 0.6, "a norm of more than a matrix is one of the vector, or is refused", "ops.norm"),
    (TENSORFLOW, 0.8, "only targets and outputs of the same sizes are certain",
     "K.categorical_crossentropy K.sparse_categorical_crossentropy ops.binary_crossentropy "
     "ops.categorical_crossentropy ops.sparse_categorical_crossentropy"),
    (TENSORFLOW, 0.2, "what Keras takes for a bias", "ops.add"),
    (TENSORFLOW, 0.2, "axes are compared at run time", "tf.transpose"),
    (ALL, 0.2, "kernels differ about more than one -1", "K.reshape"),
    (TENSORFLOW, 0.2, "kernels differ about more than one -1", "ops.reshape tf.reshape"),
    (TENSORFLOW, 0.4, "labels and logits may broadcast", "tf.nn.softmax_cross_entropy_with_logits"),
    (TENSORFLOW, 0.4, "kernels differ about an axis out of range", "tf.one_hot ops.one_hot"),
    (TENSORFLOW, 0.3, "kernels differ about what is no picture",
     "tf.image.grayscale_to_rgb"),
    (ALL, 0.3, "kernels differ about a diagonal outside of the matrix, and about one axis twice",
     "ops.trace"),
    ((GRAPH,), 0.9, "it wants sizes that are known", "tf.parallel_stack"),
    # What only the kernels refuse, and of data we claim nothing.
    ((EAGER,), 1, "works in graphs only", "tf.parallel_stack"),
    ((EAGER,), 1, "zeros are no perspective", "ops.image.perspective_transform"),
    ((EAGER,), 0.6, "a part outside of the tensor", "ops.slice tf.slice"),
    ((EAGER,), 0.5, "an index outside of the axis", "ops.argpartition"),
    ((EAGER,), 0.4, "mirrors more than there is", "ops.image.sobel_edges tf.image.sobel_edges"),
    ((EAGER,), 0.3, "needs two axes", "ops.tril ops.triu"),
    ((EAGER,), 0.2, "an axis out of range",
     "K.cumprod K.cumsum ops.cumprod ops.cumsum ops.nancumprod ops.nancumsum tf.cumsum tf.math.cumprod "
     "tf.math.cumulative_logsumexp"),
    # What the rules could say, and do not yet.
    (ALL, 1, "could be said: one number for each picture", "ops.image.ssim"),
    (TENSORFLOW, 1, "could be said: one number for each picture", "tf.image.psnr tf.image.ssim"),
    (TENSORFLOW, 1, "could be said: the fraction is not read", "tf.image.central_crop"),
    (TENSORFLOW, 1, "could be said: the strides are not read", "tf.nn.pool"),
    (ALL, 1, "could be said: the shape that is asked for is not read", "K.conv2d_transpose"),
    (TENSORFLOW, 1, "could be said: only Keras's own shape function is modelled",
     "ops.digitize ops.irfft ops.isin ops.psnr ops.rfft ops.stft"),
    ((EAGER,), 1, "could be said: data has all its sizes",
     "ops.inner ops.nanmedian ops.nanpercentile ops.nanquantile ops.searchsorted"),
    ((EAGER,), 0.4, "could be said: of a scalar", "ops.median"),
    (ALL, 0.6, "could be said: of one input, which Keras refuses if it is symbolic", "ops.meshgrid"),
    (TENSORFLOW, 0.6, "could be said: of one input", "tf.meshgrid"),
    (TENSORFLOW, 0.8, "could be said: one number, or one pair, for all axes", "ops.pad"),
    (TENSORFLOW, 0.3, "could be said: of a scalar", "tf.pad"),
    (ALL, 0.7, "could be said: without an axis, and where sizes are broadcast", "ops.take_along_axis"),
    (ALL, 0.4, "could be said: of vectors", "K.dot"),
    (TENSORFLOW, 0.3, "could be said: of vectors", "ops.matmul"),
    (ALL, 0.6, "could be said: a range that runs backwards is refused", "ops.arange K.arange"),
    (TENSORFLOW, 0.6, "could be said: a range that runs backwards is refused", "tf.range"),
    ((EAGER,), 0.3, "could be said: a window that does not fit is refused",
     "K.pool2d K.pool3d ops.average_pool ops.max_pool tf.nn.avg_pool tf.nn.avg_pool1d "
     "tf.nn.avg_pool2d tf.nn.avg_pool3d tf.nn.max_pool tf.nn.max_pool1d tf.nn.max_pool2d "
     "tf.nn.max_pool3d"),
    (ALL, 0.3, "could be said: a vector is refused", "K.batch_flatten ops.vsplit"),
    ((SYMBOLIC, EAGER), 0.3, "could be said: an axis out of range is refused", "ops.array_split"),
    ((SYMBOLIC, GRAPH), 0.3, "could be said: which of two batches is the result's", "K.batch_dot"),
    ((SYMBOLIC,), 0.3, "could be said: channels that do not fit are refused",
     "ops.depthwise_conv ops.separable_conv"),
    ((EAGER,), 0.2, "could be said: a kernel that does not fit is refused",
     "K.conv1d K.conv2d K.conv3d K.depthwise_conv2d K.separable_conv2d ops.conv ops.depthwise_conv "
     "ops.separable_conv tf.nn.conv1d tf.nn.conv2d tf.nn.conv3d tf.nn.convolution "
     "tf.nn.depthwise_conv2d tf.nn.separable_conv2d"),
    ((EAGER,), 0.4, "could be said: a window that does not fit is refused", "ops.extract_sequences"),
    ((GRAPH,), 0.5, "could be said: an open length stays open", "tf.signal.rfft"),
    (ALL, 0.3, "could be said: an axis twice is refused, or counts once", "ops.moments"),
    (TENSORFLOW, 0.3, "could be said: an axis twice is refused, or counts once", "tf.nn.moments"),
    (ALL, 0.2, "could be said: an axis twice is refused, or counts once",
     "K.all K.any K.max K.mean K.min K.prod K.std K.sum K.var ops.all ops.amax ops.amin ops.any "
     "ops.count_nonzero ops.logsumexp ops.max ops.mean ops.min ops.moveaxis ops.nanmax ops.nanmean "
     "ops.nanmin ops.nanprod ops.nanstd ops.nansum ops.nanvar ops.prod ops.ptp ops.std ops.sum ops.var"),
    (TENSORFLOW, 0.2, "could be said: an axis twice is refused, or counts once",
     "tf.math.count_nonzero tf.math.reduce_euclidean_norm tf.math.reduce_std tf.math.reduce_variance "
     "tf.reduce_all tf.reduce_any tf.reduce_logsumexp tf.reduce_max tf.reduce_mean tf.reduce_min "
     "tf.reduce_prod tf.reduce_sum"),
    (ALL, 0.2, "TensorFlow does not compare the axis of a vector", "K.argmax K.argmin"),
    (TENSORFLOW, 0.3, "TensorFlow does not compare the axis of a vector",
     "ops.argmax ops.argmin ops.nanargmax ops.nanargmin tf.argmax tf.argmin"),
]  # fmt: skip


OPS = _table(_OPS, " ")


def of_op(name: str, world: str) -> Allowed:
    return OPS.get((name, world), USUAL)


# -- operators, by the kind of tensor and the version ---------------------------------------

_OPERATORS: list[_Row[tuple[str, int]]] = [
    (((SYMBOLIC, 3),), 0.4, "Keras's comparisons do not look at what they are given", "< <= > >= !="),
    (((SYMBOLIC, 2), (GRAPH, 3), (EAGER, 3)), 0.9,
     "shapes that do not fit make it true, no error: only numbers are compared with certainty", "!="),
    (((SYMBOLIC, 3), (SYMBOLIC, 2), (GRAPH, 3), (EAGER, 3)), 0.3,
     "could be said: a matrix product with a number is refused", "@"),
]  # fmt: skip

OPERATORS = _table(_OPERATORS, " ")


def of_operator(operator: str, world: str, version: int) -> Allowed:
    return OPERATORS.get((operator, (world, version)), USUAL)


# -- layers ---------------------------------------------------------------------------------

_LAYERS: list[_Row[KerasVersion]] = [
    ((V2,), 0.9, "fails on most structures of states", "StackedRNNCells"),
    ((V3,), 0.6, "traces layers that are not built", "Pipeline"),
    ((V3,), 0.5, "several outputs, and ranks that are not checked",
     "TimeDistributed, TimeDistributed(images)"),
    ((V2,), 0.3, "several outputs, and ranks that are not checked",
     "TimeDistributed, TimeDistributed(images)"),
    ((V2, V3), 0.3, "second calls with other states", "GRUCell, SimpleRNNCell"),
    ((V3,), 0.3, "second calls with other states", "StackedRNNCells"),
    ((V2,), 0.2, "second calls with other states", "LSTMCell"),
    ((V2,), 0.4, "the states of stacks", "RNN"),
    ((V2,), 0.4, "second calls", "Bidirectional(ConvLSTM2D)"),
    ((V2,), 0.7, "ranks and factors that Keras 2 may refuse in the call",
     "RandomBrightness, RandomContrast, RandomHeight, RandomRotation, RandomTranslation, RandomWidth, "
     "RandomZoom"),
    ((V2,), 0.3, "ranks that Keras 2 may refuse in the call", "RandomFlip"),
    ((V2,), 0.6, "sizes are computed at run time", "CenterCrop, RandomCrop, Resizing"),
    ((V3,), 0.3, "sizes are computed at run time", "Resizing(Keras 3)"),
    ((V2,), 0.5, "scales are broadcast", "Rescaling"),
    ((V2,), 0.3, "sizes are broadcast", "AdditiveAttention, Attention"),
    ((V2,), 0.4, "different ranks, second calls", "MultiHeadAttention"),
    ((V2,), 0.7, "shapes that Keras 2 may refuse", "HashedCrossing"),
    ((V2,), 0.7, "only one text in a row is modelled", "TextVectorization"),
    ((V3,), 0.2, "the vocabulary is found out later", "TextVectorization"),
    ((V2,), 0.3, "the vocabulary is found out later", "IntegerLookup, StringLookup"),
    ((V2,), 0.3, "it must be adapted first", "Discretization"),
    ((V2,), 0.4, "some implementations spell out their kernel",
     "LocallyConnected1D, LocallyConnected2D"),
    ((V2,), 0.3, "integers, and names that Keras 2 may refuse in the call", "Activation, ReLU"),
    ((V2,), 0.2, "lists of tensors",
     "Average, Embedding, LeakyReLU(Keras 2), Softmax, ThresholdedReLU, UnitNormalization"),
    ((V3,), 0.2, "lists of tensors", "Equalization"),
    # Keras 2 does not look again at ranks and sizes in later calls: TensorFlow computes on what it gets.
    ((V2,), 0.3, "second calls at other ranks and sizes",
     "BatchNormalization, Conv1D, Conv2D, Conv3D, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, Cropping1D, "
     "Cropping2D, Cropping3D, DepthwiseConv1D, EinsumDense, GlobalAveragePooling1D, "
     "GlobalAveragePooling2D, GlobalAveragePooling3D, GlobalMaxPooling1D, GlobalMaxPooling2D, "
     "GlobalMaxPooling3D, GroupNormalization, LayerNormalization, Normalization, PReLU, "
     "SpatialDropout1D, SpatialDropout2D, SpatialDropout3D, SyncBatchNormalization, UpSampling1D, "
     "UpSampling2D, UpSampling3D"),
]  # fmt: skip


LAYERS = _table(_LAYERS, ", ")


def of_layer(title: str, version: KerasVersion) -> Allowed:
    return LAYERS.get((title, version), USUAL)
