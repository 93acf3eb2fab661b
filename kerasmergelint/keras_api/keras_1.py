"""What Keras 1 called things; Keras 2.0 to 2.3 still took most of it, with a warning."""

from __future__ import annotations

# Arguments of layers that no later version has under these names.
ARGUMENTS = frozenset(
    {"nb_filter", "nb_row", "nb_col", "filter_length", "border_mode", "subsample", "subsample_length",
     "atrous_rate", "dim_ordering", "init", "inner_init", "forget_bias_init", "inner_activation",
     "W_regularizer", "U_regularizer", "b_regularizer", "W_constraint", "U_constraint", "b_constraint",
     "beta_init", "gamma_init", "bias", "output_dim", "dropout_W", "dropout_U", "consume_less",
     "pool_length", "concat_axis", "dot_axes", "nb_feature", "sigma", "p", "dropout"}
)  # fmt: skip
