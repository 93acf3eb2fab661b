"""Names that TensorFlow 1 had at its top, and TensorFlow 2 has in `tf.compat.v1` alone."""

from __future__ import annotations

GONE = frozenset({
    "AUTO_REUSE", "ConfigProto", "Dimension", "GPUOptions", "GraphDef", "GraphKeys", "InteractiveSession",
    "Print", "RunMetadata", "RunOptions", "Session", "Summary", "VariableScope", "add_to_collection",
    "app", "arg_max", "arg_min", "assign", "assign_add", "assign_sub", "ceil", "colocate_with",
    "contrib", "count_nonzero", "cross", "decode_raw", "depth_to_space", "diag",
    "disable_eager_execution", "disable_v2_behavior", "div", "enable_eager_execution", "erf",
    "extract_image_patches", "flags", "get_collection", "get_default_graph", "get_default_session",
    "get_variable", "get_variable_scope", "gfile", "global_variables", "global_variables_initializer",
    "initialize_all_variables", "is_finite", "is_inf", "is_nan", "layers", "local_variables",
    "local_variables_initializer", "log", "log1p", "logical_xor", "make_template",
    "matrix_band_part", "matrix_diag", "matrix_inverse", "mod", "multinomial", "placeholder",
    "placeholder_with_default", "py_func", "python_io", "random_crop", "random_normal", "random_shuffle",
    "random_uniform", "read_file", "reset_default_graph", "rsqrt", "scatter_add", "scatter_update",
    "segment_max", "segment_mean", "segment_sum", "set_random_seed", "space_to_depth",
    "sparse_placeholder", "sparse_tensor_to_dense", "sparse_to_dense", "squared_difference",
    "string_split", "string_to_number", "svd", "tables_initializer", "to_double", "to_float", "to_int32",
    "to_int64", "trainable_variables", "truncated_normal", "truncated_normal_initializer",
    "variable_scope", "variables_initializer",
})  # fmt: skip
