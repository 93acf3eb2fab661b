"""Where versions of Keras differ beside layers and ops, whose declarations say it themselves.

Each name stands for the versions that do what it says.  What certainly happens, happens in every version
that may be meant: ``interp.surely(REFUSES_ITERATORS)``.
"""

from __future__ import annotations

from typing import Final

from kerasmergelint.keras_api.versions import V2, V3, Versions, since

# -- tensors ------------------------------------------------------------------------------------

REFUSES_MIXED_DTYPES: Final[Versions] = V2  # an integer and a float in one merge
REFUSES_TO_UNPACK: Final[Versions] = V3  # a symbolic tensor, even one whose batch is known
TENSORS_KNOW_THEIR_LAYER: Final[Versions] = V2  # `x._keras_history` and the like
LACKS_OLD_ATTRIBUTES: Final[Versions] = V3  # of layers and tensors
TAKES_SHAPES_OF_WEIGHTS_FIRST: Final[Versions] = V3  # add_weight("w"), where 2 takes the name first
WEIGHTS_OF_METRICS_NEED_INITIALIZERS: Final[Versions] = V3

# -- making and calling models ------------------------------------------------------------------

REFUSES_INT_AS_SHAPE: Final[Versions] = V3  # Input(8)
REFUSES_NUMBERS_BY_PLACE: Final[Versions] = V3  # layer(x, True)
COUNTS_NUMBERS_AS_INPUTS: Final[Versions] = V3  # model([x, 1.0])
MATCHES_KEYS: Final[Versions] = V3  # a dict of inputs against the dict that the model was made with

# -- training: the data -------------------------------------------------------------------------

REFUSES_ITERATORS: Final[Versions] = V3  # zip, map, iter(list)
REFUSES_PLAIN_NUMBERS: Final[Versions] = V3  # lists of them, or of strings, instead of arrays
NEEDS_RANKS: Final[Versions] = V3  # of inputs and targets, where the step of the training is traced
REFUSES_OTHER_STRUCTURE: Final[Versions] = V3  # sample weights that are not nested as the targets
REFUSES_BESIDE_PIPELINE: Final[Versions] = V3  # targets and weights, which it must hold itself
DESCRIBES_ITEMS: Final[Versions] = V3  # of generators, to tf.data
BATCHES_32: Final[Versions] = V3  # whatever size the input declares, which Keras 2 takes instead

# -- training: outputs, targets and losses ------------------------------------------------------

EVALUATES_WITH_TARGETS: Final[Versions] = V3  # only, where there is a loss
COUNTS_TARGETS: Final[Versions] = V3
# And not None; releases of Keras 3 before were not asked.
STEPS_GIVE_SOMETHING: Final[Versions] = V2 | since("3.15")
COUNTS_TARGETS_OF_ONE_OUTPUT: Final[Versions] = since("3.8")  # 3.3 left the surplus out
REFUSES_NAME_OF_ONE_TARGET: Final[Versions] = since("3.8")  # where the output is no dict
REFUSES_NAME_OF_ONE_LOSS: Final[Versions] = V3  # where no output has a name
COUNTS_LOSSES: Final[Versions] = V3
CHECKS_LOSSES_OF_DICT: Final[Versions] = (
    V3  # the names in a dict of losses against a dict of outputs
)
CHECKS_METRICS: Final[Versions] = V3  # their number and names against the outputs
CHECKS_WEIGHTS: Final[Versions] = V3  # sample weights against the losses per sample
CALLS_OWN_METRIC: Final[Versions] = V3  # with the target and output as they are
CALLS_COMPUTE_LOSS: Final[Versions] = V3
CASTS_TO_FLOAT32: Final[Versions] = V3  # before a loss of the program's own is called
MAY_FEED_COLUMNS: Final[Versions] = V2  # for data of one axis, as TensorFlow before 2.7 did
LOSSES_ALIGN_RANKS: Final[Versions] = V3  # as functions, too, and where they give a loss per sample
UNPACKS_ONE_OUTPUT: Final[Versions] = V3  # `predict` of a model that gives a list of one
