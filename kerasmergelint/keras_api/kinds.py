"""What calls do with tensors: which ones are merges, and of what kind."""

from __future__ import annotations

import enum
from enum import auto


class Kind(enum.Flag):
    """What a call does, in the declaration of a layer, op or operator, and on the nodes that it makes.

    The program's own layers and functions have none, whatever their names.
    """

    MERGE = auto()  # combines several tensors into one, and so gets a verdict
    ELEMENTWISE = auto()  # calculates element by element; several tensors broadcast
    ADDING = auto()  # elementwise, on operands of the same meaning: a sum, a maximum
    DIFFERENCE = auto()  # subtracts one tensor from another
    WEIGHING = auto()  # multiplies, so that one operand may be weights for the other
    JOIN = auto()  # joins tensors along one of their axes
    STACK = auto()  # joins tensors along a new axis
    BY_MATRIX = auto()  # multiplies rows by what is a matrix, as a rule
    DOT = auto()  # contracts an axis of two tensors, as the layer Dot does
    REDUCTION = auto()  # reduces the axes that its argument `axis` names, or all
    ALONG = auto()  # touches no axis but those that its argument `axis` names
    ROWWISE = auto()  # each row of the result comes from the same row of the operands
    RESHAPING = auto()  # rearranges elements, and changes none
    EXPLICIT = auto()  # makes axes of size 1 on request
    LIFTING = auto()  # adds an axis of size 1
    INDEXING = auto()  # is `x[...]`
    PASSING = auto()  # keeps the axes that it is given
    SOFTMAX = auto()  # makes weights that sum up to 1 along an axis
    CAST = auto()  # changes the dtype on request
    FLOATING = auto()  # gives the float type of the policy, whatever goes in
    FLAT = auto()  # has no gradient: a step function, a constant
    CREATION = auto()  # makes a tensor of sizes and numbers
    DRAW = auto()  # makes a tensor of random numbers
    INPUT = auto()  # is an input of a model
    OPERATOR = auto()  # is written with an operator, of which Keras 2 makes one layer

    def is_any(self, kinds: Kind) -> bool:
        """Whether it is at least one of these kinds; much quicker than ``&``, which makes a new flag."""
        return bool(self._value_ & kinds._value_)


NO_KIND = Kind(0)
