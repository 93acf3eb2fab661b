"""The names by which Keras finds an activation, unless the program registers others."""

from __future__ import annotations

# Of Keras 2 and 3 together, with the layers that Keras 2 takes by name.
NAMES = frozenset({
    "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish",
    "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu",
    "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparse_sigmoid",
    "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink", "threshold",
    "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "ThresholdedReLU", "deserialize", "get", "serialize",
})  # fmt: skip
ARGUMENTS = ("activation", "recurrent_activation")
