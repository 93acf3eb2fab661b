"""What hypothesis draws for each layer: constructor arguments, inputs, a second call.

A row of ``CASES`` says how a layer is drawn.  Arguments are good most of the time; now and then one is
of the wrong sign, type or length, and inputs have the wrong rank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import KerasVersion

Dims = tuple[Any, ...]
Strategy = st.SearchStrategy[Any]
V2, V3 = KerasVersion.V2, KerasVersion.V3


@dataclass(frozen=True)
class T:
    """A tensor among the inputs."""

    dims: Dims
    dtype: str = "float32"


@dataclass(frozen=True)
class Sub:
    """A layer among the constructor's arguments."""

    name: str
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One call: a nest of tensors, and keyword arguments that may hold tensors too."""

    inputs: Any
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draw:
    """A layer, its arguments, and one or two calls of the same instance."""

    name: str
    config: Mapping[str, Any]
    first: Call
    second: Call | None = None


@dataclass(frozen=True)
class Case:
    """How to draw one layer: from ``config`` and, knowing that, from ``call``."""

    config: Strategy
    call: Callable[[Any, Mapping[str, Any]], Strategy]
    versions: tuple[KerasVersion, ...] = (V3, V2)


# -- values ---------------------------------------------------------------------------------

_BAD_NUMBER = st.sampled_from([0, -1, -2, 2.5, "2", None])
_BAD_TUPLE = st.sampled_from([(), (2,), (2, 2, 2, 2, 2), (2, 0), (2, -1), "ab", (2, "a")])


def mostly(good: Strategy, bad: Strategy, rate: int = 40) -> Strategy:
    """``bad`` once in ``rate`` times."""
    return st.sampled_from([False] * (rate - 1) + [True]).flatmap(lambda b: bad if b else good)


def whole(low: int = 1, high: int = 4) -> Strategy:
    return mostly(st.integers(low, high), _BAD_NUMBER)


def window(rank: int, most: int = 4, low: int = 1) -> Strategy:
    """A number, or one for each axis."""
    each = st.integers(low, most)
    several = st.tuples(*[each] * rank)
    good = st.one_of(each, several, several.map(list))
    return mostly(good, st.one_of(_BAD_NUMBER, _BAD_TUPLE))


def choice(*good: Any, bad: Sequence[Any] = ("nonsense", 3)) -> Strategy:
    return mostly(st.sampled_from(good), st.sampled_from(bad))


def conf(required: Mapping[str, Strategy] | None = None, /, **optional: Strategy) -> Strategy:
    """Arguments; what is optional is left out half of the time."""
    return st.fixed_dictionaries(dict(required or {}), optional=optional)


format_ = choice(None, "channels_last", "channels_last", "channels_first")
padding = choice("valid", "same", "valid", "same", "SAME")
flag = st.booleans()
size = st.sampled_from([None, 1, 2, 3, 4, 6, 8, 8, 9, 12, 12, 16])
batch = st.sampled_from([None, None, None, None, 2, 3])


# -- inputs ---------------------------------------------------------------------------------


@st.composite
def dims_of_rank(draw: st.DrawFn, rank: int, *, exact: bool = False) -> Dims:
    ranks = [rank] if exact else [rank] * 14 + [max(1, rank - 1), rank + 1]
    chosen = draw(st.sampled_from(ranks))
    return (draw(batch), *draw(st.lists(size, min_size=chosen - 1, max_size=chosen - 1)))


floats = st.sampled_from(["float32"] * 14 + ["float16", "float64", "int32", "uint8"])


def tensor(rank: int, dtype: Strategy = floats) -> Callable[..., Strategy]:
    """One tensor of about this rank; rarely a list of tensors, which most layers refuse."""

    @st.composite
    def one(draw: st.DrawFn, first: Call | None, config: Mapping[str, Any]) -> Call:
        if first is not None and isinstance(first.inputs, T):
            return Call(T(draw(varied(first.inputs.dims)), first.inputs.dtype))
        made = T(draw(dims_of_rank(rank)), draw(dtype))
        if draw(st.integers(0, 39)) == 17:
            return Call([made, T(draw(dims_of_rank(rank)), made.dtype)])
        return Call(made)

    return one


@st.composite
def varied(draw: st.DrawFn, dims: Dims) -> Dims:
    """Often the same, otherwise with another size or another rank."""
    kind = draw(st.sampled_from(["same", "size", "size", "size", "longer", "shorter"]))
    if kind == "size" and dims:
        place = draw(st.integers(0, len(dims) - 1))
        return (*dims[:place], draw(size), *dims[place + 1 :])
    if kind == "longer":
        return (*dims, draw(size))
    if kind == "shorter" and len(dims) > 1:
        return dims[:-1]
    return dims


def nested(build: Callable[[st.DrawFn, Mapping[str, Any]], Call]) -> Callable[..., Strategy]:
    """Inputs that a function draws; the second call draws again."""

    @st.composite
    def made(draw: st.DrawFn, first: Call | None, config: Mapping[str, Any]) -> Call:
        if first is not None and draw(st.booleans()):
            return first
        return build(draw, config)

    return made


# -- families -------------------------------------------------------------------------------

CASES: dict[str, Case] = {}


def case(
    names: str, call: Callable[..., Strategy], config: Strategy, *versions: KerasVersion
) -> None:
    for name in names.split():
        CASES[name] = Case(config, call, versions or (V3, V2))


_nothing: Strategy = st.just({})

# Core.
case("Dense", tensor(3), conf({"units": whole()}, use_bias=flag))
case(
    "Embedding",
    tensor(2, st.sampled_from(["int32", "int64", "float32"])),
    conf({"input_dim": whole(1, 9), "output_dim": whole()}, mask_zero=flag),
)
case(
    "ReversibleEmbedding",
    tensor(2, st.sampled_from(["int32", "float32"])),
    conf({"input_dim": whole(1, 9), "output_dim": whole()}, tie_weights=flag),
    V3,
)
case("Identity Masking", tensor(3), _nothing)
case(
    "Activation",
    tensor(3),
    conf({"activation": choice("relu", "softmax", "tanh", None, "gelu", bad=("nonsense",))}),
)

EQUATIONS = [
    ("ab,bc->ac", [4]), ("abc,cd->abd", [None, 4]), ("abc,cd->abd", [3, 4]),
    ("abc,cde->abde", [None, 2, 4]), ("abc,bd->adc", [4, None]), ("...x,xy->...y", [4]),
    ("...x,xy->...y", 4), ("ab...,bc->ac...", [4]), ("aecd,abcd->acbe", [None, None, 3]),
    ("abc,cd->ab", [None]), ("ab,bc->a", []), ("ab,cd->ac", [4]), ("ab,bc->ab", [3]),
    ("abc,abd->dc", [4]), ("ab->b", [4]), ("ab,bc,cd->ad", [4]), ("aab,bc->ac", [4]),
]  # fmt: skip


@st.composite
def _einsum_input(draw: st.DrawFn, first: Call | None, config: Mapping[str, Any]) -> Call:
    labels = config["equation"].partition(",")[0]
    rank = max(2, len(labels.replace("...", "")) + ("..." in labels) * draw(st.integers(0, 2)))
    made: Call = draw(tensor(rank)(first, config))
    return made


case(
    "EinsumDense",
    _einsum_input,
    st.sampled_from(EQUATIONS).flatmap(
        lambda pair: conf(
            {
                "equation": st.just(pair[0]),
                "output_shape": mostly(
                    st.one_of(
                        st.just(pair[1]),
                        st.just(tuple(pair[1]) if isinstance(pair[1], list) else pair[1]),
                    ),
                    st.sampled_from([(3, 4), 4, (None,), ()]),
                    8,
                ),
            },
            bias_axes=st.sampled_from([None, None, pair[0][-1], pair[0][-1], "c", "zz"]),
        )
    ),
)


# Convolutions.
def _conv(rank: int, **more: Strategy) -> Strategy:
    return conf(
        {"filters": mostly(st.sampled_from([1, 2, 4, 6]), _BAD_NUMBER), "kernel_size": window(rank)},
        strides=window(rank, 3), padding=padding, use_bias=flag,
        dilation_rate=st.one_of(st.just(1), st.just(1), window(rank, 2)), data_format=format_, **more,
    )  # fmt: skip


groups = mostly(st.sampled_from([1, 1, 1, 2, 2, 3]), _BAD_NUMBER)
for _n in (1, 2, 3):
    case(
        f"Conv{_n}D",
        tensor(_n + 2),
        _conv(_n, groups=groups)
        if _n > 1
        else _conv(1, groups=groups).flatmap(
            lambda c: st.sampled_from([c, c, {**c, "padding": "causal"}])
        ),
    )
    case(
        f"Conv{_n}DTranspose",
        tensor(_n + 2),
        _conv(_n, output_padding=st.one_of(st.none(), window(_n, 2, 0))),
    )
for _n in (1, 2):
    case(f"SeparableConv{_n}D", tensor(_n + 2), _conv(_n, depth_multiplier=whole(1, 2)))
    case(
        f"DepthwiseConv{_n}D",
        tensor(_n + 2),
        conf(
            {"kernel_size": window(_n)},
            strides=window(_n, 3),
            padding=padding,
            use_bias=flag,
            dilation_rate=window(_n, 2),
            depth_multiplier=whole(1, 2),
            data_format=format_,
        ),
    )
    case(
        f"LocallyConnected{_n}D",
        tensor(_n + 2),
        conf(
            {"filters": whole(), "kernel_size": window(_n)},
            strides=window(_n, 3),
            use_bias=flag,
            padding=choice("valid", "valid", "same"),
            data_format=format_,
            implementation=st.sampled_from([1, 2, 3]),
        ),
        V2,
    )

# Pooling.
for _n in (1, 2, 3):
    _pool = conf(
        {"pool_size": window(_n)},
        strides=st.one_of(st.none(), window(_n, 3)),
        padding=padding,
        data_format=format_,
    )
    case(
        f"MaxPooling{_n}D AveragePooling{_n}D",
        tensor(_n + 2),
        st.one_of(_pool, _pool, _pool, conf(padding=padding)),
    )
    case(
        f"GlobalMaxPooling{_n}D GlobalAveragePooling{_n}D",
        tensor(_n + 2),
        conf(keepdims=flag, data_format=format_),
    )
    case(
        f"AdaptiveMaxPooling{_n}D AdaptiveAveragePooling{_n}D",
        tensor(_n + 2),
        conf({"output_size": window(_n)}, data_format=format_),
        V3,
    )

# Reshaping.
_target = mostly(
    st.lists(st.sampled_from([-1, 1, 2, 3, 4, 6, 8, 16, 24]), max_size=4),
    st.sampled_from([(-1, -1), (2, None), (0, 4), (-2, 4), (-3,), 8, (2.0, 4), ("a",), (-1, 0)]),
    10,
)
case(
    "Reshape",
    tensor(3),
    _target.map(lambda t: {"target_shape": tuple(t) if isinstance(t, list) else t}),
)
case("Flatten", tensor(4), conf(data_format=format_))
case(
    "Permute",
    tensor(3),
    mostly(
        st.one_of(st.permutations([1, 2]), st.permutations([1, 2, 3])),
        st.sampled_from([[0, 1], [1, 1], [2, 3], 2, [], [1, 2.0], "ab"]),
        10,
    ).map(lambda d: {"dims": tuple(d) if isinstance(d, list) else d}),
)
case("RepeatVector", tensor(2), conf({"n": whole()}))


def _margins(rank: int) -> Strategy:
    amount = mostly(st.integers(0, 3), st.sampled_from([-1, 2.5, "a"]), 40)
    pair = st.tuples(amount, amount)
    good = st.one_of(
        amount,
        pair if rank == 1 else st.tuples(*[pair] * rank),
        st.tuples(*[st.one_of(amount, pair)] * rank) if rank > 1 else amount,
    )
    return mostly(good, st.sampled_from([(1,), (1, 2, 3, 4), ((1, 2, 3), (1, 2)), None, "ab", ()]))


for _n in (1, 2, 3):
    _more = {"data_format": format_} if _n > 1 else {}
    case(f"ZeroPadding{_n}D", tensor(_n + 2), conf({"padding": _margins(_n)}, **_more))
    case(
        f"Cropping{_n}D",
        tensor(_n + 2),
        conf({"cropping": _margins(_n)}, data_format=format_)
        if _n != 1
        else conf({"cropping": _margins(1)}),
    )
case(
    "UpSampling1D",
    tensor(3),
    conf(size=mostly(st.integers(1, 3), st.sampled_from([0, -1, (2,), 2.5]))),
)
case(
    "UpSampling2D",
    tensor(4),
    conf(
        size=window(2, 3),
        data_format=format_,
        interpolation=choice("nearest", "bilinear", "bicubic", "NEAREST"),
    ),
)
case("UpSampling3D", tensor(5), conf(size=window(3, 3), data_format=format_))

# Keeping the shape.
_rate = mostly(st.sampled_from([0.0, 0.25, 0.5]), st.sampled_from([1.0, 1.5, -0.5, None, "a"]))
case(
    "Dropout",
    tensor(3),
    conf(
        {"rate": _rate},
        noise_shape=mostly(
            st.none(), st.sampled_from([(None, 1, 3), (2, 1), (None, 0), (1, 1, 1), 3]), 8
        ),
    ),
)
case("GaussianDropout", tensor(3), conf({"rate": _rate}))
case("AlphaDropout", tensor(3), conf({"rate": _rate}))
case("GaussianNoise", tensor(3), conf({"stddev": _rate}))
for _n in (1, 2, 3):
    case(
        f"SpatialDropout{_n}D",
        tensor(_n + 2),
        conf({"rate": _rate}, **({"data_format": format_} if _n > 1 else {})),
    )
case("ActivityRegularization", tensor(3), conf(l1=st.just(0.1)))
_slope = mostly(st.sampled_from([0.0, 0.1, 1.0]), st.sampled_from([-1.0, None]))
case(
    "ReLU",
    tensor(3),
    conf(
        max_value=mostly(st.sampled_from([None, 6.0]), st.just(-1.0)),
        negative_slope=_slope,
        threshold=_slope,
    ),
)
case("LeakyReLU", tensor(3), conf(negative_slope=_slope), V3)
CASES["LeakyReLU(Keras 2)"] = Case(conf(alpha=_slope), tensor(3), (V2,))
case("ELU", tensor(3), conf(alpha=_slope))
case("ThresholdedReLU", tensor(3), conf(theta=_slope), V2)
case(
    "Softmax", tensor(3), conf(axis=st.one_of(st.integers(-4, 3), st.sampled_from([(1, 2), [-1]])))
)
case(
    "PReLU",
    tensor(3),
    conf(shared_axes=st.sampled_from([None, [1], [1, 2], 1, (2,), [3], [0], [-1]])),
)

# Normalization.
_axis = mostly(st.integers(-3, 3), st.sampled_from([4, -5, (1, 2), None, "a", 1.0]), 10)
_axes = st.one_of(
    _axis,
    st.lists(st.integers(-3, 3), min_size=1, max_size=3),
    st.tuples(st.integers(-2, 2), st.integers(-2, 2)),
)
case(
    "BatchNormalization",
    tensor(4),
    conf(
        axis=st.one_of(_axis, _axis, _axes),
        center=flag,
        scale=flag,
        renorm=mostly(st.just(False), st.just(True), 8),
    ),
)
case("SyncBatchNormalization", tensor(4), conf(axis=_axis, center=flag, scale=flag), V2)
case("LayerNormalization", tensor(3), conf(axis=_axes, center=flag, scale=flag))
case("RMSNormalization", tensor(3), conf(axis=_axes), V3)
case("UnitNormalization", tensor(3), conf(axis=_axes))
case(
    "GroupNormalization",
    tensor(4),
    conf(
        groups=mostly(st.sampled_from([1, 2, 4, -1]), st.sampled_from([0, 3, 5, 32, 2.0])),
        axis=_axis,
        center=flag,
        scale=flag,
    ),
)
case(
    "Normalization",
    tensor(3),
    st.one_of(
        conf(axis=st.one_of(_axes, st.none()), invert=flag),
        conf(
            {
                "mean": st.sampled_from([0.5, [1.0, 2.0], [1.0] * 8, 2]),
                "variance": st.sampled_from([0.5, 1.0, [1.0] * 8, [1.0, 2.0]]),
            },
            axis=st.one_of(_axes, st.none()),
        ),
        conf({"mean": st.just(1.0)}),
    ),
)
case(
    "SpectralNormalization",
    tensor(3),
    conf(
        {
            "layer": st.sampled_from(
                [
                    Sub("Dense", {"units": 4}),
                    Sub("Conv1D", {"filters": 4, "kernel_size": 2}),
                    Sub("Embedding", {"input_dim": 5, "output_dim": 3}),
                    Sub("ReLU"),
                    Sub("LSTM", {"units": 3}),
                    Sub("Conv1DTranspose", {"filters": 4, "kernel_size": 2}),
                    Sub("LayerNormalization"),
                    Sub("SeparableConv1D", {"filters": 4, "kernel_size": 2}),
                    Sub("DepthwiseConv1D", {"kernel_size": 2}),
                    Sub("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (None, 4)}),
                ]
            )
        },
        power_iterations=whole(1, 2),
    ),
)


# Recurrent.
@st.composite
def _sequence(draw: st.DrawFn, first: Call | None, config: Mapping[str, Any]) -> Call:
    if first is not None:
        return Call(T(draw(varied(first.inputs.dims)), first.inputs.dtype))
    return Call(T(draw(dims_of_rank(3)), draw(floats)))


_loop = {
    "return_sequences": flag,
    "return_state": flag,
    "go_backwards": flag,
    "stateful": mostly(st.just(False), st.just(True), 10),
    "unroll": mostly(st.just(False), st.just(True), 10),
}
case("LSTM SimpleRNN", _sequence, conf({"units": whole()}, use_bias=flag, **_loop))
case("GRU", _sequence, conf({"units": whole()}, use_bias=flag, reset_after=flag, **_loop))
for _n in (1, 2, 3):
    _options = dict(_loop)
    del _options["unroll"]
    case(f"ConvLSTM{_n}D", tensor(_n + 3), _conv(_n, **_options))

_cell = st.one_of(
    st.sampled_from(["LSTMCell", "GRUCell", "SimpleRNNCell"]).flatmap(
        lambda name: conf({"units": st.integers(1, 4)}, use_bias=flag).map(lambda c: Sub(name, c))
    )
)
_cells = st.one_of(
    _cell,
    _cell,
    st.lists(_cell, min_size=1, max_size=3),
    st.lists(_cell, min_size=1, max_size=3).map(
        lambda cells: Sub("StackedRNNCells", {"cells": cells})
    ),
    mostly(_cell, st.just(Sub("Dense", {"units": 3})), 4),
)
case("RNN", _sequence, conf({"cell": _cells}, **_loop))


def _cell_call(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    units = config.get("units", 3)
    units = units if isinstance(units, int) and units > 0 else 3
    b = draw(batch)
    state = T((b, units))
    count = draw(st.sampled_from([1, 2]))
    return Call(T((b, draw(size))), {"states": [state] * count})


case("LSTMCell GRUCell SimpleRNNCell", nested(_cell_call), conf({"units": whole()}, use_bias=flag))


def _stack_call(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    b = draw(batch)
    states = []
    for cell in config["cells"]:
        state = T((b, cell.config["units"]))
        states.append([state, state] if cell.name == "LSTMCell" else state)
    return Call(T((b, draw(size))), {"states": states})


case(
    "StackedRNNCells", nested(_stack_call), conf({"cells": st.lists(_cell, min_size=1, max_size=3)})
)

_inner_loop = {"return_sequences": flag, "return_state": flag}
_wrapped = st.one_of(
    st.sampled_from(["LSTM", "GRU", "SimpleRNN"]).flatmap(
        lambda name: conf({"units": st.integers(1, 4)}, **_inner_loop).map(lambda c: Sub(name, c))
    ),
    conf({"cell": _cell}, **_inner_loop).map(lambda c: Sub("RNN", c)),
)
_modes = choice("concat", "sum", "mul", "ave", None, bad=("nonsense", "max"))
_backward = st.sampled_from(["LSTM", "GRU"]).flatmap(
    lambda name: conf(
        {"units": st.integers(3, 4)},
        go_backwards=st.sampled_from([True, True, True, False]),
        **_inner_loop,
    ).map(lambda c: Sub(name, c))
)
case(
    "Bidirectional",
    _sequence,
    conf(
        {"layer": mostly(_wrapped, st.just(Sub("Dense", {"units": 3})), 12)},
        merge_mode=_modes,
        backward_layer=mostly(st.none(), _backward, 5),
    ),
)
CASES["Bidirectional(ConvLSTM2D)"] = Case(
    conf(
        {
            "layer": conf(
                {"filters": st.integers(1, 3), "kernel_size": st.integers(1, 3)},
                padding=padding,
                **_inner_loop,
            ).map(lambda c: Sub("ConvLSTM2D", c))
        },
        merge_mode=_modes,
    ),
    tensor(5),
)
_steps = st.sampled_from(
    [
        Sub("Dense", {"units": 4}),
        Sub("Conv1D", {"filters": 4, "kernel_size": 2}),
        Sub("Flatten"),
        Sub("Conv2D", {"filters": 2, "kernel_size": 2, "strides": 2}),
        Sub("MaxPooling2D"),
        Sub("LSTM", {"units": 3, "return_state": True}),
        Sub("LSTM", {"units": 3}),
        Sub("Dropout", {"rate": 0.5}),
        Sub("Embedding", {"input_dim": 5, "output_dim": 3}),
        Sub("GlobalAveragePooling2D"),
        Sub("Reshape", {"target_shape": (-1, 2)}),
        Sub("TimeDistributed", {"layer": Sub("Dense", {"units": 2})}),
        Sub("BatchNormalization"),
        Sub("Bidirectional", {"layer": Sub("GRU", {"units": 2})}),
        Sub("RepeatVector", {"n": 3}),
        Sub("ReLU"),
    ]
)
CASES["TimeDistributed"] = Case(conf({"layer": _steps}), tensor(4, st.just("float32")))
CASES["TimeDistributed(images)"] = Case(conf({"layer": _steps}), tensor(5, st.just("float32")))


# Attention.
def _attended(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    b, depth = draw(batch), draw(st.sampled_from([4, 4, 4, None, 3]))
    tq, tv = draw(size), draw(size)
    second = mostly(st.just(depth), st.sampled_from([3, 4]), 6)
    tensors = [T((b, tq, depth)), T((b, tv, draw(second)))]
    if draw(st.booleans()):
        tensors.append(T((b, draw(mostly(st.just(tv), size, 6)), draw(second))))
    kind = draw(st.integers(0, 19))
    arguments = {"return_attention_scores": True} if draw(st.integers(0, 3)) == 2 else {}
    if kind == 3:
        return Call(tensors[0])
    if kind == 4:
        return Call([*tensors, tensors[0], tensors[0]])
    if kind == 5:
        tensors[0] = T((b, depth))
    if kind == 6:
        tensors = [T((b, 2, *t.dims[1:])) for t in tensors]
    return Call(tensors, arguments)


case(
    "Attention",
    nested(_attended),
    conf(
        use_scale=flag, score_mode=choice("dot", "concat", bad=("nonsense",)), dropout=st.just(0.1)
    ),
)
case("AdditiveAttention", nested(_attended), conf(use_scale=flag))


def _heads(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    rank = draw(mostly(st.just(3), st.sampled_from([2, 4, 4, 5]), 8))
    b, depth = draw(batch), draw(st.sampled_from([4, 8, None, 3]))
    lead = draw(st.lists(size, min_size=rank - 2, max_size=rank - 2))
    other = draw(mostly(st.just(lead), st.lists(size, min_size=rank - 2, max_size=rank - 2), 2))
    query = T((b, *lead, depth))
    value = T((draw(mostly(st.just(b), batch, 8)), *other, draw(st.sampled_from([4, 8, 5]))))
    arguments: dict[str, Any] = {"value": value}
    if draw(st.booleans()):
        third = draw(
            mostly(st.just(other), st.lists(size, min_size=rank - 2, max_size=rank - 2), 8)
        )
        arguments["key"] = T((b, *third, draw(st.sampled_from([4, 8, 5]))))
    if draw(st.booleans()):
        arguments["return_attention_scores"] = draw(st.booleans())
    return Call(query, arguments)


_multi = {
    "value_dim": st.one_of(st.none(), whole()),
    "use_bias": flag,
    "output_shape": st.one_of(
        st.none(), st.integers(1, 4), st.sampled_from([(3,), (2, 3), [4], (None,), "a"])
    ),
    "attention_axes": mostly(st.none(), st.sampled_from([1, (1,), (1, 2), (2,), -2, 0, (3,)]), 5),
}
case(
    "MultiHeadAttention",
    nested(_heads),
    st.one_of(conf({"num_heads": whole(1, 3), "key_dim": whole()}, **_multi)),
)
CASES["MultiHeadAttention(Keras 3)"] = Case(
    conf(
        {"num_heads": whole(1, 3), "key_dim": whole()},
        use_gate=flag,
        sliding_window=st.sampled_from([None, 2, 0]),
        flash_attention=st.sampled_from([None, False, True]),
        **_multi,
    ),
    nested(_heads),
    (V3,),
)
case(
    "GroupQueryAttention",
    nested(_heads),
    conf(
        {
            "head_dim": whole(),
            "num_query_heads": st.sampled_from([2, 4, 4, 3]),
            "num_key_value_heads": st.sampled_from([1, 2, 2, 4]),
        },
        use_bias=flag,
        use_gate=flag,
    ),
    V3,
)


# Merges.
@st.composite
def _merged(draw: st.DrawFn, least: int = 1, most: int = 3) -> list[T]:
    base = draw(st.lists(st.sampled_from([None, 1, 2, 3, 3, 3]), min_size=0, max_size=4))
    b = draw(batch)
    dtype = draw(st.sampled_from(["float32"] * 9 + ["int32"]))
    found: list[T] = []
    for _ in range(draw(st.sampled_from([2, 2, 2, 3, 1]))):
        dims = list(base)
        if dims and draw(st.booleans()):
            dims[draw(st.integers(0, len(dims) - 1))] = draw(st.sampled_from([None, 1, 2, 3]))
        if dims and draw(st.integers(0, 9)) == 0:
            dims = dims[1:]
        other = draw(st.integers(0, 24)) == 7
        found.append(
            T((draw(st.sampled_from([b, b, b, None])), *dims), "float16" if other else dtype)
        )
    return found


def _merge_call(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    return Call(draw(_merged()))


case("Add Subtract Multiply Average Maximum Minimum", nested(_merge_call), _nothing)
case(
    "Concatenate",
    nested(_merge_call),
    conf(axis=mostly(st.integers(-4, 4), st.sampled_from([None, "a", 1.0, (1,), True, 7]), 12)),
)
case(
    "Dot",
    nested(_merge_call),
    conf(
        {
            "axes": mostly(
                st.one_of(st.integers(-3, 3), st.tuples(st.integers(-3, 3), st.integers(-3, 3))),
                st.sampled_from([None, "a", (1,), (1, 2, 3), 1.0, (1, 1.0)]),
                12,
            )
        },
        normalize=flag,
    ),
)

# Preprocessing.
_tokens = st.sampled_from(["int32", "int64", "float32"])
_encode = choice("multi_hot", "one_hot", "count", "int", bad=("nonsense", None))
case(
    "CategoryEncoding",
    tensor(2, _tokens),
    conf(num_tokens=whole(1, 6), output_mode=_encode, sparse=mostly(st.just(False), st.just(True))),
)
case(
    "Hashing",
    tensor(2, st.sampled_from(["string", "int64", "int32"])),
    conf(
        {"num_bins": whole(1, 6)},
        output_mode=choice("int", "one_hot", "multi_hot", "count", bad=("nonsense",)),
        salt=st.sampled_from([None, 3, [1, 2]]),
    ),
)
case(
    "Discretization",
    tensor(2, st.sampled_from(["float32", "int32"])),
    st.one_of(
        conf(
            {"bin_boundaries": st.sampled_from([[0.0, 1.0], [1.0], [0.0, 1.0, 2.0]])},
            output_mode=choice("int", "one_hot", "multi_hot", "count", bad=("nonsense",)),
        ),
        conf(
            {"num_bins": whole(2, 4)},
            output_mode=choice("int", "one_hot", "multi_hot", "count", bad=("nonsense",)),
        ),
        conf(output_mode=st.just("int")),
    ),
)
_table = {
    "num_oov_indices": mostly(st.integers(0, 2), st.sampled_from([-1, None])),
    "output_mode": choice("int", "one_hot", "multi_hot", "count", "tf_idf", bad=("nonsense",)),
    "max_tokens": mostly(st.sampled_from([None, None, 8]), st.sampled_from([1, 0, 2.5])),
    "pad_to_max_tokens": mostly(st.just(False), st.just(True), 4),
}
case(
    "StringLookup",
    tensor(2, st.just("string")),
    conf(
        {"vocabulary": st.sampled_from([["a", "b", "c"], ["a"], None, ["a", "a"]])},
        mask_token=st.sampled_from([None, "", "a"]),
        invert=mostly(st.just(False), st.just(True), 8),
        idf_weights=st.sampled_from([None, None, [0.5, 0.5, 0.5]]),
        **_table,
    ),
)
case(
    "IntegerLookup",
    tensor(2, st.sampled_from(["int64", "int32"])),
    conf(
        {"vocabulary": st.sampled_from([[10, 20, 30], [5], None])},
        mask_token=st.sampled_from([None, 0]),
        invert=mostly(st.just(False), st.just(True), 8),
        **_table,
    ),
)
case(
    "TextVectorization",
    tensor(2, st.just("string")),
    conf(
        vocabulary=st.sampled_from([["a", "b", "c"], None]),
        output_mode=choice("int", "multi_hot", "count", "tf_idf", bad=("nonsense", "one_hot")),
        output_sequence_length=st.sampled_from([None, 4, 0]),
        max_tokens=st.sampled_from([None, 8, 1]),
        pad_to_max_tokens=flag,
        split=st.sampled_from(["whitespace", "character", None]),
        ngrams=st.sampled_from([None, 2, (1, 2)]),
        idf_weights=st.sampled_from([None, None, [0.5, 0.5, 0.5]]),
    ),
)


def _crossed(draw: st.DrawFn, config: Mapping[str, Any]) -> Call:
    b = draw(batch)
    each = st.sampled_from([(b,), (b, 1), (b, 1), (b, 1), (b, 2), (b, 1, 1), (b, None)])
    dtype = draw(st.sampled_from(["string", "int32", "int64", "float32"]))
    dims = draw(each)
    return Call(
        [
            T(draw(mostly(st.just(dims), each, 6)), dtype)
            for _ in range(draw(st.sampled_from([2, 2, 2, 3, 1])))
        ]
    )


case(
    "HashedCrossing",
    nested(_crossed),
    conf(
        {"num_bins": whole(1, 6)},
        output_mode=choice("int", "one_hot", bad=("nonsense", "multi_hot")),
    ),
)
case(
    "Rescaling",
    tensor(4),
    conf({"scale": st.sampled_from([0.5, 2, (1.0, 2.0)])}, offset=st.just(1.0)),
)
_images = tensor(4, st.sampled_from(["float32"] * 6 + ["uint8", "int32"]))
_height = {"height": whole(1, 9), "width": whole(1, 9)}
_image_format = {"data_format": format_}
case(
    "Resizing",
    _images,
    conf(_height, crop_to_aspect_ratio=flag, interpolation=choice("bilinear", "nearest")),
)
CASES["Resizing(Keras 3)"] = Case(
    conf(
        _height,
        crop_to_aspect_ratio=flag,
        pad_to_aspect_ratio=flag,
        antialias=flag,
        **_image_format,
    ),
    _images,
    (V3,),
)
case("CenterCrop RandomCrop", _images, conf(_height))
CASES["CenterCrop(Keras 3)"] = Case(conf(_height, **_image_format), _images, (V3,))
CASES["RandomCrop(Keras 3)"] = Case(conf(_height, **_image_format), _images, (V3,))

_factor = mostly(
    st.sampled_from([0.0, 0.2, 0.5, (0.1, 0.3)]),
    st.sampled_from([2.0, -0.5, -1, (0.5, 0.1), (-0.5, 2), (2, 3), (0.1, "a"), "a", (1,), None]),
    rate=8,
)
case("RandomBrightness RandomContrast RandomRotation", _images, conf({"factor": _factor}))
case(
    "RandomZoom RandomTranslation",
    _images,
    conf({"height_factor": _factor, "width_factor": _factor}),
)
case("RandomFlip", _images, conf(mode=choice("horizontal", "vertical", "horizontal_and_vertical")))
case("RandomHeight RandomWidth", _images, conf({"factor": _factor}), V2)
_photos = {
    "value_range": mostly(
        st.sampled_from([(0, 255), (0.0, 1.0)]),
        st.sampled_from([(1,), "a", None, (0, "a"), (1, 0)]),
    )
}
_moved = {
    "fill_mode": choice("reflect", "wrap", "constant", "nearest"),
    "interpolation": choice("nearest", "bilinear"),
}
_more: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # by name: required, optional
    "AutoContrast": ({}, _photos),
    "Solarization": ({}, {"addition_factor": _factor, "threshold_factor": _factor, **_photos}),
    "Equalization": ({}, {**_photos, **_image_format}),
    "ContrastLimitedAdaptiveHistogramEqualization": ({}, {**_photos, **_image_format}),
    "AugMix": ({}, {"factor": _factor, **_photos, **_image_format}),
    "RandAugment": ({}, {"factor": _factor, **_photos, **_image_format}),
    "RandomColorJitter": (
        {},
        {
            "brightness_factor": _factor,
            "contrast_factor": _factor,
            "saturation_factor": _factor,
            "hue_factor": _factor,
            **_photos,
        },
    ),
    "RandomColorDegeneration": ({"factor": _factor}, {**_photos, **_image_format}),
    "RandomHue": ({"factor": _factor}, {**_photos, **_image_format}),
    "RandomSaturation": ({"factor": _factor}, {**_photos, **_image_format}),
    "RandomSharpness": ({"factor": _factor}, {**_photos, **_image_format}),
    "RandomPosterization": (
        {
            "factor": mostly(
                st.sampled_from([1, 3, 8, (2, 4)]), st.sampled_from([9, 0, "a", (0, 9)])
            )
        },
        {**_photos, **_image_format},
    ),
    "RandomGrayscale": ({}, {"factor": _factor, **_image_format}),
    "RandomErasing": ({}, {"factor": _factor, "scale": _factor, **_image_format}),
    "RandomShear": ({}, {"x_factor": _factor, "y_factor": _factor, **_moved}),
    "RandomPerspective": ({}, {"factor": _factor, "scale": _factor, **_image_format}),
    "RandomInvert": ({}, {"factor": _factor, **_photos}),
    "RandomElasticTransform": ({}, {"factor": _factor, "scale": _factor, **_moved}),
    "RandomGaussianBlur": (
        {},
        {
            "factor": _factor,
            "sigma": _factor,
            "kernel_size": mostly(
                st.sampled_from([3, (3, 5)]), st.sampled_from([4, (3, 4), (3,), "a", None])
            ),
        },
    ),
    "RandomZoom(Keras 3)": ({"height_factor": _factor}, {"width_factor": _factor, **_moved}),
    "RandomRotation(Keras 3)": ({"factor": _factor}, {**_moved, **_image_format}),
}
for _name, (_required, _optional) in _more.items():
    CASES[_name] = Case(conf(_required, **_optional), _images, (V3,))
case("CutMix MixUp", _images, conf(**_image_format), V3)
case("Pipeline", tensor(4, st.just("float32")), conf({"layers": st.lists(_steps, max_size=3)}), V3)
case(
    "MelSpectrogram",
    tensor(2),
    conf(
        sequence_stride=whole(1, 9),
        fft_length=whole(8, 16),
        num_mel_bins=whole(1, 5),
        sequence_length=st.sampled_from([None, 4, 32]),
    ),
    V3,
)
case(
    "STFTSpectrogram",
    tensor(3),
    conf(
        {"window": st.none()},  # the others need SciPy
        mode=choice("log", "magnitude", "stft", "psd", "real", "imag", "angle"),
        frame_length=whole(2, 6),
        frame_step=whole(1, 4),
        fft_length=mostly(st.sampled_from([None, 8]), st.sampled_from([7, 2])),
        padding=choice("valid", "same"),
        expand_dims=flag,
        periodic=flag,
        data_format=format_,
    ),
    V3,
)


@st.composite
def draws(draw: st.DrawFn, title: str) -> Draw:
    """A layer's arguments and two calls."""
    found = CASES[title]
    config = dict(draw(found.config))
    if draw(st.integers(0, 24)) == 11:
        config["dtype"] = draw(st.sampled_from(["float16", "float64", "mixed_float16"]))
    first = draw(found.call(None, config))
    second = draw(st.one_of(st.none(), found.call(first, config)))
    return Draw(title.partition("(")[0], config, first, second)
