"""Names that Keras 2 has and no Keras 3: a program that uses one of them means Keras 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasmergelint.regex import regex

# `keras.backend` of Keras 3 is nearly empty; that of `tf.keras` kept most of it.
_BACKEND = frozenset(
    {"abs", "all", "any", "arange", "argmax", "argmin", "batch_dot", "batch_flatten", "batch_get_value",
     "batch_set_value", "bias_add", "binary_crossentropy", "cast", "categorical_crossentropy", "clip",
     "concatenate", "constant", "conv1d", "conv2d", "conv2d_transpose", "conv3d", "cos", "count_params",
     "ctc_batch_cost", "ctc_decode", "cumprod", "cumsum", "dot", "dropout", "elu", "equal", "eval", "exp",
     "expand_dims", "eye", "flatten", "foldl", "foldr", "gather", "get_value", "gradients", "greater",
     "greater_equal", "hard_sigmoid", "in_top_k", "int_shape", "is_sparse", "l2_normalize", "less",
     "less_equal", "log", "map_fn", "max", "maximum", "mean", "min", "minimum", "ndim", "not_equal",
     "one_hot",
     "ones", "ones_like", "permute_dimensions", "pool2d", "pool3d", "pow", "prod", "random_bernoulli",
     "random_normal", "random_normal_variable", "random_uniform", "random_uniform_variable", "relu",
     "repeat", "repeat_elements", "reshape", "resize_images", "resize_volumes", "reverse", "rnn", "round",
     "separable_conv2d", "set_value", "sigmoid", "sign", "sin", "softmax", "softplus", "softsign",
     "sparse_categorical_crossentropy", "spatial_2d_padding", "sqrt", "square", "squeeze", "stack", "std",
     "stop_gradient", "sum", "switch", "tanh", "temporal_padding", "tile", "transpose", "truncated_normal",
     "update", "update_add", "update_sub", "var", "variable", "zeros", "zeros_like"}
)  # fmt: skip
_BACKEND_OF_BOTH = frozenset(
    {"function", "get_session", "image_dim_ordering", "in_test_phase", "in_train_phase", "learning_phase",
     "learning_phase_scope", "local_conv1d", "local_conv2d", "manual_variable_initialization",
     "normalize_batch_in_training", "placeholder", "print_tensor", "random_binomial", "reset_uids",
     "set_image_dim_ordering", "set_learning_phase", "set_session"}
)  # fmt: skip

_AS = r"backend(?:\s+as\s+(\w+))?"
_IMPORTED = regex(
    rf"^[ \t\f]*(?:from\s+(tensorflow\.)?keras\s+import\s+(?:\w[\w ,]*,\s*)?{_AS}"
    r"|import\s+(tensorflow\.)?keras\.backend\s+as\s+(\w+))",
    re.MULTILINE,
)
_SPELLED_OUT = regex(r"\b(tf\.|tensorflow\.)?keras\.backend\.(\w+)\s*\(")
_KERAS_ITSELF = regex(r"^[ \t\f]*import\s+keras\b", re.MULTILINE)
_FROM = regex(
    r"^from[ \t]+(tensorflow\.)?keras((?:\.\w+)*)[ \t]+import[ \t]+(\([^()]*\)|(?:[^\n\\]|\\\n)*)",
    re.MULTILINE,
    words=("from",),
)
_MODULE = regex(r"^import[ \t]+(?:tensorflow\.)?keras((?:\.\w+)+)", re.MULTILINE)
_EXPERIMENTAL = regex(r"\b(?:keras|layers)\.(?:\w+\.)?experimental\.\w+")
_OF_LAYERS = regex(
    r"layers\.(?<!\wlayers\.)(AbstractRNNCell|CuDNN(?:GRU|LSTM)|DenseFeatures|LocallyConnected[12]D)\b",
    words=("AbstractRNNCell", "CuDNN", "DenseFeatures", "LocallyConnected"),
)
_OF_TENSORFLOW_1 = regex(
    r"\btf\.(?:ConfigProto|GPUOptions|get_default_graph|get_variable|global_variables_initializer|placeholder"
    r"|random_normal|reset_default_graph|set_random_seed|to_float|to_int32|train\.\w+Optimizer|variable_scope"
    r"|(?:app|flags|gfile|layers)\.\w+)\b"
)
# Keras 3 refuses the old name of the learning rate, and its models have no such methods.
_OPTIMIZER = regex(
    r"\b(Adam|SGD|RMSprop|Adagrad|Adadelta|Adamax|Nadam)\((?:\s*|[^()\n]*,\s*)lr\s*=(?!=)"
)
_GIVES_LR = regex(r"lr\s*=", words=("lr",))  # quick to look for, unlike the above
# Reading it is an AttributeError in Keras 3; settings, such as ``cfg.optimizer.lr``, have it as well.
_RATE = regex(
    r"(?:(?<![\w.])(?:self\.)?\w*model\w*\.|[gs]et_value\(\s*(?:\w+\.)*)(optimizer\.lr)\b(?!\s*=[^=])"
)
_MADE = regex(r"(?<![\w.])(?:self\.)?(\w+)\s*=\s*(?:\w+\.){0,3}optimizers\.[A-Z]\w*\(")
_ITS_RATE = regex(r"(?<![\w.])(?:self\.)?(\w+)\.lr\b(?!\s*=[^=])")
# TensorFlow raises where it finds Keras 3 behind these.
_OF_COMPAT = regex(r"\b(?:tf|tensorflow)\.compat\.v1\.(layers\.\w+)\(")
_OF_MODELS = regex(r"\.((?:fit|evaluate|predict)_generator|predict_classes)\(")
# Others have methods of these names, too.
_OF_LAYERS_AND_MODELS = regex(
    r"\.(add_(?:metric|update)|get_(?:in|out)put_(?:shape_|mask_)?at|_make_(?:predict|train|test)_function)\(",
    words=(".add_", ".get_", "._make_"),
)
# Metrics of Keras 3 have `reset_state` alone, models neither; recurrent layers have the longer name.
_METRIC = regex(r"(?<![\w.])(?:self\.)?(\w+)\s*=\s*(?:\w+\.){0,2}metrics\.[A-Z]\w*\(")
_RESETS = regex(r"(?<![\w.])(?:self\.)?(\w+)\.reset_states\(\)")
_AS_BOTH_SAY = regex(r"\breset_state\b")
# Arguments of a call, among which calls may be.
_ARGUMENTS = r"\((?:[^()]|\([^()]{0,200}\)){0,600}?"
# What Keras 3 refuses, by a word that is always there: paths with the endings of its predecessors,
# arguments that are gone.
_REFUSED = {
    "optimizers.legacy": regex(r"\boptimizers\.legacy\.[A-Z]"),
    "save_weights": regex(
        r"\.save_weights\(\s*f?([\"'])(?!\S*\.weights\.h5\1)[^\"'\n]*[^\"'\n}]\1\s*[,)]"
    ),
    "ModelCheckpoint": regex(
        rf"\bModelCheckpoint{_ARGUMENTS}(?:(?:\([^()]{{0,200}})?\.hdf5[\"']|\bperiod\s*=(?!=))"
    ),
    "use_multiprocessing": regex(
        rf"\.(?:fit|evaluate|predict){_ARGUMENTS}\buse_multiprocessing\s*=(?!=)"
    ),
    "save_format": regex(
        r"\.save\((?:(?!\.(?:h5|hdf5|keras)\b)[^()\n]){1,200}\bsave_format\s*=\s*[\"']tf[\"']"
    ),
    "TensorBoard": regex(
        rf"\bTensorBoard{_ARGUMENTS}\b(?:write_grads|batch_size|embeddings_layer_names)\s*=(?!=)"
    ),
    "workers": regex(
        rf"\.(?:fit|evaluate|predict){_ARGUMENTS}\b(?:workers|max_queue_size)\s*=(?!=)"
    ),
    ".save(": regex(
        r"model\w*\.save\(\s*f?([\"'])(?!\S*\.(?:keras|h5|hdf5)\1)[^\"'\n]*[^\"'\n}]\1\s*\)",
        re.IGNORECASE,
    ),
    "sample_weight_mode": regex(rf"\.compile{_ARGUMENTS}\bsample_weight_mode\s*=(?!=)"),
    "experimental_run_tf_function": regex(r"\bexperimental_run_tf_function\s*=(?!=)"),
}
# Packages of Keras 3 that have no modules but a few; those of Keras 2 that it does not have.
_FLAT = frozenset(
    {"activations", "backend", "callbacks", "constraints", "initializers", "layers", "losses", "metrics",
     "mixed_precision", "models", "optimizers", "regularizers", "saving", "utils", "wrappers"}
)  # fmt: skip
_PARTS = frozenset({"bounding_boxes", "legacy", "schedules"})
_OLD_MODULES = frozenset(
    {"distribute", "dtensor", "engine", "estimator", "experimental", "feature_column", "initializations",
     "objectives", "optimizer_v1", "optimizer_v2", "premade", "premade_models"}
)  # fmt: skip
# Names in modules that both have; ``tf.keras`` kept those of preprocessing.
_ONLY_2 = {
    "": frozenset({"estimator", "experimental"}),
    "callbacks": frozenset({"BaseLogger", "experimental"}),
    "layers": frozenset(
        {"AbstractRNNCell", "CuDNNGRU", "CuDNNLSTM", "DenseFeatures", "LocallyConnected1D",
         "LocallyConnected2D", "Merge", "advanced_activations", "convolutional",
         "convolutional_recurrent", "core", "cudnn_recurrent", "embeddings", "experimental", "local",
         "merge", "noise", "normalization", "pooling", "recurrent", "wrappers"}
    ),
    "metrics": frozenset({"MeanRelativeError", "MeanTensor", "experimental"}),
    "mixed_precision": frozenset({"experimental"}),
    "models": frozenset({"experimental", "model_from_config", "model_from_yaml"}),
    "optimizers": frozenset({"adam", "experimental", "rmsprop", "sgd"}),
    "preprocessing": frozenset({"text"}),
    "preprocessing.image": frozenset(
        {"DirectoryIterator", "ImageDataGenerator", "Iterator", "NumpyArrayIterator",
         "apply_affine_transform", "apply_brightness_shift", "apply_channel_shift", "random_brightness",
         "random_channel_shift", "random_rotation", "random_shear", "random_shift", "random_zoom"}
    ),
    "preprocessing.sequence": frozenset({"TimeseriesGenerator", "make_sampling_table", "skipgrams"}),
    "preprocessing.text": frozenset(
        {"Tokenizer", "hashing_trick", "one_hot", "text_to_word_sequence", "tokenizer_from_json"}
    ),
    "utils": frozenset(
        {"GeneratorEnqueuer", "OrderedEnqueuer", "SequenceEnqueuer", "conv_utils", "data_utils",
         "experimental", "generic_utils", "io_utils", "layer_utils", "multi_gpu_model", "np_utils",
         "test_utils", "vis_utils"}
    ),
}  # fmt: skip
_KEPT_BY_TENSORFLOW = "preprocessing"
# Its own version a package says itself, in `__version__ = "1.0"` or `from .about import __version__`.
_ASKS_FOR_THE_VERSION = regex(
    r"\w\.__version__\b|['\"]__version__['\"]|\bversion\.VERSION\b"
    r"|^[ \t]*from[ \t]+\w[^\n]*\bimport\b[^\n]*\b__version__\b",
    re.MULTILINE,
)
# What a program does with any version but early ones, at the level of its module.
_FOR_LATER = regex(
    r"^if\b[^\n]*\b(?:__version__|version\.VERSION)\b[^\n]*<[^\n]*:[ \t]*\n(?:[ \t][^\n]*\n|\n)+"
    r"else:[ \t]*\n((?:[ \t][^\n]*\n)+)",
    re.MULTILINE,
)
_INDENTED_IMPORT = regex(r"^[ \t]+(?=from[ \t]|import[ \t])", re.MULTILINE)


def only_name(text: str) -> str | None:
    """A name in a program that only Keras 2 has, or a TensorFlow that had no Keras 3.

    None if there is none, or the program asks which version it has; what it imports for later
    versions counts.

    >>> only_name("from keras import backend as K\\ny = K.exp(x)")
    'exp'
    >>> only_name("from tensorflow.keras import backend as K\\ny = K.exp(K.cast(x))")
    >>> only_name("import tensorflow as tf\\ntf.keras.backend.placeholder((3,))")
    'placeholder'
    """
    if "version" in text and asks_for_the_version(text):
        later = "".join(_FOR_LATER.findall(text))
        return next(_imported(_INDENTED_IMPORT.sub("", later)), None)
    return next(_names(text), None)


def asks_for_the_version(text: str) -> bool:
    """Whether a program may do one thing with Keras 2, and another with Keras 3.

    >>> asks_for_the_version("if keras.__version__ < '3':"), asks_for_the_version("__version__ = '3'")
    (True, False)
    >>> asks_for_the_version("from keras import __version__")
    True
    >>> asks_for_the_version("from .about import __version__")
    False
    """
    return _ASKS_FOR_THE_VERSION.search(text) is not None


def _names(text: str) -> Iterator[str]:
    yield from _imported(text)
    if "experimental" in text:
        yield from (found[0] for found in _EXPERIMENTAL.finditer(text))
    yield from _OF_LAYERS.findall(text)
    if _GIVES_LR.search(text) and "torch" not in text:
        yield from (
            f"{found[1]}(lr=...)" for found in _OPTIMIZER.finditer(text) if _is_code(text, found)
        )
    if "optimizer.lr" in text and "torch" not in text:
        yield from (found[1] for found in _RATE.finditer(text) if _is_code(text, found))
    if ".lr" in text and "torch" not in text:
        made = {*_MADE.findall(text)}
        rates = _ITS_RATE.finditer(text)
        yield from (f"{it[1]}.lr" for it in rates if it[1] in made and _is_code(text, it))
    if "compat.v1.layers" in text:
        yield from _OF_COMPAT.findall(text)
    if "_generator(" in text or "predict_classes(" in text:
        yield from _OF_MODELS.findall(text)
    for word, pattern in _REFUSED.items():
        if word in text:
            yield from (word for found in pattern.finditer(text) if _is_code(text, found))
    if ".reset_states()" in text and not _AS_BOTH_SAY.search(text):
        metrics = {*_METRIC.findall(text), "model"}
        resets = _RESETS.finditer(text)
        yield from ("reset_states" for it in resets if it[1] in metrics and _is_code(text, it))
    if "torch" not in text:
        called = _OF_LAYERS_AND_MODELS.findall(text)
        yield from (name for name in called if f"def {name}" not in text)
    if "import tensorflow as tf" in text and "compat.v1" not in text:
        yield from _OF_TENSORFLOW_1.findall(text)
    if "backend" in text:
        yield from _of_backend(text)


def _imported(text: str) -> Iterator[str]:
    """What stands in the imports of a module; one in a ``try`` may be meant to fail."""
    for within, path, listed in _FROM.findall(text):
        if is_old_module(path.strip(".")):
            yield f"keras{path}"
        known = _ONLY_2.get(path.strip("."))
        if known and not (within and path.startswith(f".{_KEPT_BY_TENSORFLOW}")):
            yield from (name for name in re.findall(r"\w+", listed) if name in known)
    for path in _MODULE.findall(text):
        if is_old_module(path.strip(".")):
            yield f"keras{path}"


def only_names(path: str) -> frozenset[str]:
    """Names in a module of `keras`, by its path, that some Keras 2 had and no Keras 3 has."""
    found = _ONLY_2.get(path, frozenset())
    return found | _BACKEND | _BACKEND_OF_BOTH if path == "backend" else found


def _is_code(text: str, found: re.Match[str]) -> bool:
    """Whether no comment began before it on its line."""
    return "#" not in text[text.rfind("\n", 0, found.start()) + 1 : found.start()]


def is_old_module(path: str) -> bool:
    """Whether Keras 2 had a module of this path, below the package itself, that Keras 3 does not have."""
    first, _, rest = path.partition(".")
    return first in _OLD_MODULES or (bool(rest) and first in _FLAT and rest not in _PARTS)


def _of_backend(text: str) -> Iterator[str]:
    for tf_from, as_from, tf_import, as_import in _IMPORTED.findall(text):
        known = _BACKEND_OF_BOTH if tf_from or tf_import else _BACKEND | _BACKEND_OF_BOTH
        alias = as_from or as_import or "backend"
        called = re.findall(rf"(?<![\w.]){alias}\.(\w+)\s*\(", text)
        yield from (name for name in called if name in known)
    itself = _KERAS_ITSELF.search(text) is not None
    for tensorflow, name in _SPELLED_OUT.findall(text):
        if name in _BACKEND_OF_BOTH or (itself and not tensorflow and name in _BACKEND):
            yield name
