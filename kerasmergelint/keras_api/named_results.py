"""The functions of TensorFlow whose results are tuples with names for their parts."""

from __future__ import annotations

NAMED_RESULTS = {
    "tf.math.top_k": ("values", "indices"),
    "tf.nn.top_k": ("values", "indices"),
    "tf.linalg.qr": ("q", "r"),
}
"""By the plain name of the function; what `keras.ops` gives for symbolic tensors has no names."""
