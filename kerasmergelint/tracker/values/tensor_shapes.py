"""TensorFlow's own shapes."""

from __future__ import annotations

from kerasmergelint.tracker.values.value import Value


class TensorShapeV(tuple[Value, ...]):
    """A ``tf.TensorShape`` of known rank: like a tuple of sizes, but it goes with lists, too."""

    __slots__ = ()
