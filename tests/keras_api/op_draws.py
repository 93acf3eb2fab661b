"""Arguments for every op: drawn shapes and options, good and bad ones.

What is bad, or seldom answered, stands last in its strategy: the simplest draw is always among the few.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kerasmergelint.keras_api.ops.binding import plain_name
from tests.keras_api.op_answers import Drawn, T

Strategy = st.SearchStrategy[Any]
Draws = st.SearchStrategy[Drawn]

size = st.sampled_from([None, None, 1, 2, 3, 4, 6])
plain_size = st.sampled_from([1, 2, 3, 4, 6])
axes = st.integers(-4, 3)
floats = st.just("float32")
numbers = st.sampled_from(["float32", "float32", "int32"])


def dims(least: int = 0, most: int = 4, each: Strategy = size) -> Strategy:
    return st.lists(each, min_size=least, max_size=most).map(tuple)


def tensors(
    least: int = 0, most: int = 4, dtype: Strategy = floats, each: Strategy = size
) -> Strategy:
    return st.builds(T, dims(least, most, each), dtype)


def of(*shape: Any, dtype: str = "float32") -> Strategy:
    """A tensor whose sizes are given, or drawn where a strategy stands."""
    parts = [part if isinstance(part, st.SearchStrategy) else st.just(part) for part in shape]
    return st.tuples(*parts).map(lambda sizes: T(sizes, dtype))


def call(*args: Strategy, **optional: Strategy) -> Draws:
    """Positional arguments, and keywords that may be left out."""
    return st.tuples(st.tuples(*args), st.fixed_dictionaries({}, optional=optional))


def calls(*args: Strategy, **required: Strategy) -> Draws:
    """Positional arguments, and keywords that are always there."""
    return st.tuples(st.tuples(*args), st.fixed_dictionaries(required))


@st.composite
def near(
    draw: st.DrawFn, count: int = 2, least: int = 0, most: int = 4, dtype: str = "float32"
) -> Any:
    """Shapes that mostly broadcast: the same one, with sizes and leading axes changed here and there."""
    base = draw(dims(least, most))
    found = []
    for _ in range(count):
        shape = [draw(st.sampled_from([part, part, part, 1, None, 5])) for part in base]
        cut = draw(st.sampled_from([0, 0, 0, 1, 2]))
        shape = shape[min(cut, len(shape) - least) if len(shape) > least else 0 :]
        found.append(T(tuple(shape), dtype))
    return found


def pair(least: int = 0, most: int = 4, dtype: str = "float32", **optional: Strategy) -> Draws:
    return st.tuples(
        near(2, least, most, dtype).map(tuple), st.fixed_dictionaries({}, optional=optional)
    )


@st.composite
def alike(draw: st.DrawFn, least: int = 1, most: int = 4, dtype: str = "float32") -> Any:
    """A list of tensors of nearly the same shape."""
    base = draw(dims(least, most))
    count = draw(st.integers(1, 3))
    found = []
    for _ in range(count):
        shape = [draw(st.sampled_from([part] * 6 + [None, 4])) for part in base]
        if draw(st.integers(0, 11)) == 11:
            shape = shape[1:]
        found.append(T(tuple(shape), dtype))
    return found


reduced: Strategy = st.one_of(
    st.none(),
    axes,
    axes,
    st.lists(axes, min_size=1, max_size=2),
    st.lists(axes, max_size=2).map(tuple),
)
keep = st.booleans()


@st.composite
def reshaped(draw: st.DrawFn) -> Drawn:
    """A target that fits more often than not."""
    shape = draw(dims(0, 4))
    target = draw(
        st.one_of(
            st.permutations([part for part in shape if part is not None]),
            st.lists(st.sampled_from([-1, -1, 1, 2, 3, 4, 6, 12]), max_size=4),
            st.lists(st.sampled_from([1, 2, 3, 4, 6, 12]), max_size=3).map(
                lambda rest: [-1, *rest]
            ),
        )
    )
    return (T(shape), tuple(target)), {}


@st.composite
def permuted(draw: st.DrawFn, required: bool = False) -> Drawn:
    shape = draw(dims(0, 4))
    order = draw(
        st.one_of(
            st.permutations(range(len(shape))),
            st.permutations(range(len(shape))),
            st.lists(axes, max_size=4),
        )
    )
    if not required and draw(st.booleans()):
        return (T(shape),), {}
    return (T(shape), list(order)), {}


@st.composite
def padded(draw: st.DrawFn) -> Drawn:
    shape = draw(dims(0, 4))
    rank = draw(st.sampled_from([len(shape)] * 8 + [len(shape) + 1]))
    width = st.integers(0, 3)
    return (T(shape), draw(st.lists(st.tuples(width, width), min_size=rank, max_size=rank))), {}


@st.composite
def tiled(draw: st.DrawFn, least: int = 0) -> Drawn:
    shape = draw(dims(least, 4))
    rank = draw(st.sampled_from([len(shape)] * 6 + [len(shape) + 1, max(len(shape) - 1, 0)]))
    return (T(shape), draw(st.lists(st.integers(1, 3), min_size=rank, max_size=rank))), {}


@st.composite
def broadcast(draw: st.DrawFn) -> Drawn:
    shape = draw(dims(0, 3))
    target = [draw(st.sampled_from([part or 2, part or 3, 2, 1])) for part in shape]
    target = draw(st.lists(plain_size, max_size=1)) + target
    return (T(shape), tuple(target)), {}


@st.composite
def gathered(draw: st.DrawFn, name: str) -> Drawn:
    x = draw(tensors(1, 4))
    indices = draw(
        st.one_of(
            tensors(0, 2, st.just("int32")),
            st.lists(st.just(0), min_size=1, max_size=3),
            st.just(0),
        )
    )
    if name == "K":
        return (x, indices), {}
    return (x, indices), draw(st.fixed_dictionaries({}, optional={"axis": axes}))


@st.composite
def batch_gathered(draw: st.DrawFn) -> Drawn:
    batch = draw(dims(1, 1))
    x, indices = draw(dims(1, 2)), draw(dims(0, 2))
    return (T(batch + x), T(batch + indices, "int32")), {"batch_dims": 1, "axis": 1}


@st.composite
def matrices(draw: st.DrawFn, **options: Strategy) -> Drawn:
    inner = draw(size)
    other = draw(st.sampled_from([inner, inner, inner, 5, None]))
    lead = draw(dims(0, 2))
    second = [draw(st.sampled_from([part, part, 1])) for part in lead]
    if draw(st.integers(0, 3)) == 3:
        second = second[1:]
    left = T((*lead, draw(size), inner))
    right = T((*second, other, draw(size)))
    vector = draw(st.integers(0, 11))
    if vector == 10:
        left = T((inner,))
    if vector == 11:
        right = T((other,))
    return (left, right), draw(st.fixed_dictionaries({}, optional=options))


@st.composite
def batch_dotted(draw: st.DrawFn) -> Drawn:
    batch, inner = draw(size), draw(size)
    left = [batch, *draw(dims(1, 2)), inner]
    right = [draw(st.sampled_from([batch, batch, None])), inner, *draw(dims(0, 2))]
    options: dict[str, Any] = draw(
        st.sampled_from(
            [{}, {"axes": [len(left) - 1, 1]}, {"axes": (2, 1)}, {"axes": 1}, {"axes": 2}]
        )
    )
    return (T(tuple(left)), T(tuple(right))), options


@st.composite
def contracted(draw: st.DrawFn) -> Drawn:
    inner = draw(st.lists(size, min_size=1, max_size=2))
    left, right = draw(dims(0, 2)), draw(dims(0, 2))
    if draw(st.integers(0, 5)) == 5:
        inner = inner[:1]
        changed = [draw(st.sampled_from([4, 5]))]
    else:
        changed = list(inner)
    by_count = draw(st.booleans())
    many = len(inner)
    ends = [list(range(len(left), len(left) + many)), list(range(many))]
    return (T((*left, *inner)), T((*changed, *right)), many if by_count else ends), {}


@st.composite
def summed(draw: st.DrawFn) -> Drawn:
    """Einsum equations, with and without dots and an arrow."""
    sizes = {label: draw(size) for label in "abcd"}
    terms = draw(
        st.sampled_from(
            ["ab,bc->ac", "abc,acd->abd", "abc,bd->acd", "ab,ab->a", "ab->ba", "ab,bc", "abc,cd->abd",
             "ab->", "abc->ac", "...a,ab->...b", "ab,cd->abcd", "abc,adc->abd", "a,b->ab"]
        )
    )  # fmt: skip
    given = []
    for labels in terms.partition("->")[0].split(","):
        shape: list[Any] = []
        if "..." in labels:
            shape += draw(dims(0, 2))
            labels = labels.replace("...", "")
        shape += [draw(st.sampled_from([sizes[label]] * 9 + [5])) for label in labels]
        if draw(st.integers(0, 19)) == 19:
            shape.append(2)
        given.append(T(tuple(shape)))
    return (terms, *given), {}


@st.composite
def cut(draw: st.DrawFn, sized: bool) -> Drawn:
    x = draw(tensors(1, 4))
    axis = draw(axes)
    pieces: Any = draw(
        st.one_of(st.integers(1, 4), st.lists(st.integers(0, 4), min_size=1, max_size=3))
    )
    if isinstance(pieces, list):
        pieces = pieces if sized else sorted(pieces)
        have = x.dims[axis] if -len(x.dims) <= axis < len(x.dims) else None
        if sized and have and draw(st.integers(0, 3)):
            first = draw(st.integers(0, have))
            pieces = draw(st.sampled_from([[first, have - first], [first, -1]]))
    return (x, pieces), draw(st.fixed_dictionaries({}, optional={"axis": st.just(axis)}))


strides = st.integers(1, 3)
paddings = st.sampled_from(["valid", "same", "VALID", "SAME"])


@st.composite
def convolved(draw: st.DrawFn, rank: int, space: str, kind: str = "conv") -> Drawn:
    sizes = st.sampled_from([None, 4, 5, 8, 9])
    channels = draw(st.sampled_from([1, 2, 3, 4]))
    image = T((draw(st.sampled_from([None, 2])), *draw(dims(rank, rank, sizes)), channels))
    window = draw(dims(rank, rank, st.integers(1, 4)))
    taken = draw(st.sampled_from([channels] * 8 + [channels + 1]))
    out = draw(st.sampled_from([1, 2, 4]))
    kernel = T((*window, out, taken) if kind == "transpose" else (*window, taken, out))
    step = draw(strides)
    padding = draw(paddings)
    options: dict[str, Any] = {"strides": step, "padding": padding}
    if space == "tf":
        options = {"strides": [1, *[step] * rank, 1], "padding": padding.upper()}
        if rank == 1:
            options = {"stride": step, "padding": padding.upper()}
        if kind == "depthwise":
            options["padding"] = padding.upper()
    if space == "K":
        options["padding"] = padding.lower()
        options["strides"] = (step,) * rank if rank > 1 else step
    if space == "ops":
        options["padding"] = padding.lower()
        if step == 1 and draw(st.booleans()):
            options["dilation_rate"] = draw(st.integers(1, 2))
    return (image, kernel), options


@st.composite
def separated(draw: st.DrawFn, space: str) -> Drawn:
    (image, kernel), options = draw(convolved(2, space, "depthwise"))
    middle = kernel.dims[-1] * kernel.dims[-2]
    return (image, kernel, T((1, 1, middle, 4))), options


@st.composite
def pooled(draw: st.DrawFn, rank: int | None, space: str) -> Drawn:
    rank = draw(st.integers(1, 3)) if rank is None else rank
    sizes = st.sampled_from([None, 2, 4, 5, 8])
    shape = [draw(st.sampled_from([None, 2])), *draw(dims(rank, rank, sizes)), 3]
    if draw(st.integers(0, 14)) == 14:
        shape.pop()
    window = draw(st.integers(1, 4))
    step = draw(strides)
    padding = draw(paddings)
    if space == "K":
        return (T(tuple(shape)), (window,) * rank), {
            "strides": (step,) * rank,
            "padding": padding.lower(),
        }
    if space == "tf":
        return (T(tuple(shape)), window, step, padding.upper()), {}
    options = {"padding": st.just(padding.lower()), "strides": st.just(step)}
    return (T(tuple(shape)), window), draw(st.fixed_dictionaries({}, optional=options))


@st.composite
def upsampled(draw: st.DrawFn) -> Drawn:
    (image, kernel), options = draw(convolved(draw(st.integers(1, 2)), "ops", "transpose"))
    options.pop("dilation_rate", None)
    return (image, kernel), options


pictures = st.one_of(
    of(st.sampled_from([None, 2]), size, size, st.sampled_from([1, 3])),
    of(size, size, st.sampled_from([1, 3])),
    of(st.sampled_from([None, 2]), size, size, st.sampled_from([1, 3])),
    tensors(1, 4),
)
only_pictures = st.one_of(
    of(st.sampled_from([None, 2]), plain_size, plain_size, st.sampled_from([1, 3])),
    of(size, size, st.sampled_from([1, 3])),
)
colours = st.one_of(of(None, size, size, 3), of(size, size, 3))
blocks = of(
    st.sampled_from([None, 2]),
    st.sampled_from([None, 2, 4, 6, 3]),
    st.sampled_from([None, 2, 4, 6]),
    st.sampled_from([4, 8, 9, 3]),
)
squares = st.one_of(
    size.flatmap(lambda n: of(n, n)), size.flatmap(lambda n: of(None, n, n)), tensors(1, 3)
)


@st.composite
def sliced(draw: st.DrawFn, whole: bool) -> Drawn:
    x = draw(tensors(1, 3))
    starts = [draw(st.integers(0, 2)) for _ in x.dims]
    sizes = [
        draw(st.sampled_from([1, 1, 2, (part or 3) - start, -1] if whole else [1, 2]))
        for part, start in zip(x.dims, starts)
    ]
    sizes = [max(part, -1) for part in sizes]
    if draw(st.integers(0, 9)) == 9:
        sizes = sizes[1:]
    return (x, starts, sizes), {}


@st.composite
def strided(draw: st.DrawFn) -> Drawn:
    x = draw(tensors(1, 3))
    count = draw(st.integers(1, len(x.dims)))
    bound = st.integers(-4, 5)
    begin = [draw(bound) for _ in range(count)]
    end = [draw(bound) for _ in range(count)]
    steps = [draw(st.sampled_from([1, 1, 2, -1])) for _ in range(count)]
    return (x, begin, end, steps), {}


@st.composite
def masked(draw: st.DrawFn) -> Drawn:
    x = draw(tensors(1, 4))
    width = draw(st.integers(1, min(2, len(x.dims))))
    mask = [draw(st.sampled_from([part, part, part, None, 5])) for part in x.dims[:width]]
    return (x, T(tuple(mask), "bool")), {}


@st.composite
def pointed(draw: st.DrawFn) -> Drawn:
    x = draw(tensors(1, 4))
    depth = draw(st.integers(1, len(x.dims) + 1))
    return (x, T((*draw(dims(0, 2)), depth), "int32")), {}


@st.composite
def segmented(draw: st.DrawFn, number: bool) -> Drawn:
    x = draw(tensors(1, 3))
    ids = T(x.dims[:1], "int32")
    if not number:
        return (x, ids), {}
    return (x, ids, draw(st.integers(1, 5))), {}


@st.composite
def unstacked(draw: st.DrawFn) -> Drawn:
    x = draw(tensors(1, 4))
    return (x,), draw(st.fixed_dictionaries({}, optional={"axis": axes}))


@st.composite
def moved(draw: st.DrawFn) -> Drawn:
    x = draw(tensors(1, 4))
    if draw(st.booleans()):
        return (x, draw(axes), draw(axes)), {}
    count = draw(st.integers(1, 2))
    spread = st.lists(axes, min_size=count, max_size=count)
    return (x, draw(spread), draw(spread)), {}


@st.composite
def expanded(draw: st.DrawFn, many: bool) -> Drawn:
    x = draw(tensors(0, 4))
    axis: Any = draw(st.integers(-5, 4))
    if many and draw(st.integers(0, 4)) == 4:
        axis = draw(st.lists(st.integers(-2, 2), min_size=1, max_size=2, unique=True))
    return (x, axis), {}


@st.composite
def squeezed(draw: st.DrawFn, listed: bool = True) -> Drawn:
    x = draw(tensors(0, 4, each=st.sampled_from([None, 1, 1, 1, 2])))
    options = [axes] if not listed else [axes, axes, st.lists(axes, min_size=1, max_size=2)]
    if listed and draw(st.integers(0, 3)) == 0:
        return (x,), {}
    return (x, draw(st.one_of(*options))), {}


@st.composite
def shaped(draw: st.DrawFn) -> Drawn:
    return (draw(dims(0, 3, plain_size)),), {}


def _limits() -> Draws:
    number = st.integers(-4, 6)
    return st.one_of(
        call(number), call(number, number), call(number, number, st.sampled_from([1, 2, -1, 3])),
        call(st.just(0.0), st.just(5.5), st.just(0.5)),
    )  # fmt: skip


@st.composite
def two_alike(draw: st.DrawFn, least: int = 1) -> Drawn:
    found = draw(near(2, least, 3))
    if draw(st.integers(0, 2)):
        found[1] = found[0]
    return tuple(found), {}


def _rows() -> list[tuple[str, Draws]]:
    from kerasmergelint.keras_api.ops import activations, elementwise, images

    one = call(tensors(dtype=numbers))
    unary = [
        name
        for op in elementwise.OPS
        for name in op.names
        if op.rule.__qualname__.startswith("same_shape")
    ]
    binary = [
        name
        for op in elementwise.OPS
        for name in op.names
        if op.rule.__name__ in ("_binary", "_extreme", "_compared", "_divide")
    ]
    logical = [name for name in binary if "logical_" in name]
    bitwise = [
        name for name in binary if any(word in name for word in ("bitwise", "_shift", "cm", "gcd"))
    ]
    careful = (
        "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift left_shift "
        "right_shift gcd lcm"
    )
    rest = [name for name in binary if name not in (*logical, *bitwise)]
    return [
        (" ".join(unary), call(tensors())),
        (" ".join(f"{space}.{name}" for space in ("ops", "tf", "K") for name in
                  ("abs", "sign", "square", "zeros_like", "ones_like", "stop_gradient")), one),
        ("tf.negative ops.negative tf.to_float tf.to_int32 tf.to_int64 tf.to_double", one),
        (" ".join(rest), st.one_of(pair(), pair(), call(tensors(), st.sampled_from([2.0, 3.0])))),
        (" ".join(logical), pair(dtype="bool")),
        (" ".join(bitwise), pair(dtype="int32")),
        (" ".join(f"ops.{name}" for name in careful.split()), pair(dtype="int32")),
        ("ops.hypot ops.heaviside", pair()),
        ("tf.logical_not ops.logical_not", call(tensors(dtype=st.just("bool")))),
        ("ops.bitwise_invert ops.bitwise_not tf.bitwise.invert", call(tensors(dtype=st.just("int32")))),
        ("ops.angle ops.imag ops.real ops.conj ops.conjugate tf.math.conj", call(tensors())),
        ("ops.clip K.clip", call(tensors(), st.just(0.0), st.just(1.0))),
        ("tf.clip_by_value", st.one_of(
            call(tensors(), st.just(0.0), st.just(1.0)), near(3).map(lambda ts: (tuple(ts), {})))),
        ("ops.leaky_relu ops.elu ops.celu ops.hard_shrink ops.soft_shrink", call(tensors())),
        ("ops.threshold activations.threshold", call(tensors(), st.just(0.5), st.just(0.0))),
        ("ops.nan_to_num ops.copy ops.stop_gradient ops.zeros_like ops.ones_like", one),
        ("tf.clip_by_norm", call(tensors(), st.just(1.0))),
        ("tf.ensure_shape", st.builds(lambda x: ((x, list(x.dims)), {}), tensors())),
        ("tf.linalg.set_diag", st.builds(lambda n: ((T((None, n, n)), T((None, n))), {}), plain_size)),
        ("tf.linalg.band_part", call(tensors(2, 4), st.just(0), st.just(-1))),
        ("tf.debugging.assert_all_finite tf.debugging.check_numerics", call(tensors(), st.just("bad"))),
        ("tf.image.adjust_brightness tf.image.random_brightness", call(tensors(3, 4), st.just(0.1))),
        ("tf.image.adjust_contrast", call(tensors(3, 4), st.just(0.1))),
        ("tf.image.random_contrast", call(tensors(3, 4), st.just(0.1), st.just(0.2))),
        ("K.pow", call(tensors(), st.just(2))),
        ("ops.cast tf.cast K.cast ops.saturate_cast tf.saturate_cast",
         call(tensors(dtype=numbers), st.sampled_from(["float32", "int32", "float16"]))),
        ("tf.math.igamma tf.math.zeta tf.math.xlogy tf.math.xdivy tf.math.xlog1py tf.math.multiply_no_nan",
         pair()),
        ("ops.where tf.where", near(3).map(lambda ts: ((T(ts[0].dims, "bool"), ts[1], ts[2]), {}))),
        ("ops.ldexp", st.builds(lambda ts: ((ts[0], T(ts[1].dims, "int32")), {}), near(2))),
        ("ops.sparse_plus ops.sparse_sigmoid ops.squareplus", call(tensors())),
        # activations and normalisations
        (" ".join(n for op in activations.OPS for n in op.names if n.startswith("activations.")),
         call(tensors(1, 4))),
        ("activations.threshold", call(tensors(), st.just(0.5), st.just(0.0))),
        (" ".join(n for op in activations.OPS for n in op.names if n.startswith("K.")), call(tensors(1, 4))),
        ("ops.softmax ops.log_softmax tf.math.softmax tf.math.log_softmax tf.nn.softmax tf.nn.log_softmax",
         call(tensors(1, 4))),
        ("ops.sparsemax ops.normalize", call(tensors(1, 4))),
        ("ops.layer_normalization ops.rms_normalization", call(of(None, plain_size))),
        ("ops.batch_normalization", st.builds(
            lambda b, n: ((T((b, n)), T((n,)), T((n,)), -1), {}), size, plain_size)),
        ("K.batch_normalization", st.builds(
            lambda b, n: ((T((b, n)), T((n,)), T((n,)), T((n,)), T((n,))), {}), size, plain_size)),
        ("tf.nn.batch_normalization", st.builds(
            lambda b, n: ((T((b, n)), T((n,)), T((n,)), T((n,)), T((n,))),
                          {"variance_epsilon": 0.1}), size, plain_size)),
        ("tf.nn.dropout K.dropout random.dropout", call(tensors(1, 4), st.just(0.5))),
        ("K.l2_normalize tf.math.l2_normalize", call(tensors(1, 4), st.just(-1))),
        ("tf.nn.bias_add K.bias_add", st.builds(
            lambda x, n: ((T((*x, n)), T((n,))), {}), dims(1, 3), plain_size)),
        ("tf.nn.local_response_normalization", call(tensors(4, 4))),
        ("ops.glu activations.glu", call(of(None, st.sampled_from([2, 4, 6])))),
        ("tf.nn.crelu", call(tensors(1, 4))),
        # reductions
        ("ops.max ops.min ops.amax ops.amin ops.nanmax ops.nanmin ops.ptp ops.mean ops.std ops.var "
         "ops.logsumexp ops.median ops.nanmean ops.nanstd ops.nanvar ops.nanmedian ops.sum ops.prod "
         "ops.nansum ops.nanprod ops.all ops.any",
         call(tensors(each=plain_size | st.none()), axis=reduced, keepdims=keep)),
        ("ops.count_nonzero", call(tensors(), axis=reduced)),
        ("tf.reduce_max tf.reduce_min tf.reduce_sum tf.reduce_prod tf.reduce_mean tf.reduce_logsumexp "
         "tf.math.reduce_variance tf.math.reduce_std tf.math.reduce_euclidean_norm "
         "tf.math.count_nonzero K.max K.min K.sum K.prod K.mean K.std K.var",
         call(tensors(), axis=reduced, keepdims=keep)),
        ("K.all K.any tf.reduce_all tf.reduce_any",
         call(tensors(dtype=st.just("bool")), axis=reduced, keepdims=keep)),
        ("tf.norm", call(tensors(), axis=st.one_of(st.none(), axes), keepdims=keep)),
        ("ops.norm", call(tensors(1, 4), axis=st.one_of(st.none(), axes), keepdims=keep)),
        ("ops.argmax ops.argmin", call(tensors(1), axis=st.one_of(st.none(), axes), keepdims=keep)),
        ("ops.nanargmax ops.nanargmin", call(tensors(1), axis=st.one_of(st.none(), axes), keepdims=keep)),
        ("tf.argmax tf.argmin K.argmax K.argmin", call(tensors(1), axis=axes)),
        ("ops.moments tf.nn.moments", calls(tensors(1), axes=st.lists(axes, min_size=1, max_size=2))),
        ("ops.average", call(tensors(1), axis=st.one_of(st.none(), axes))),
        ("ops.quantile ops.percentile ops.nanquantile ops.nanpercentile",
         call(tensors(1), st.one_of(st.just(0.5), st.just([0.1, 0.5])), axis=st.one_of(st.none(), axes),
              keepdims=keep)),
        # along an axis
        ("ops.cumsum ops.cumprod ops.nancumsum ops.nancumprod",
         call(tensors(1), axis=st.one_of(st.none(), axes))),
        ("tf.cumsum tf.math.cumprod tf.math.cumulative_logsumexp K.cumsum K.cumprod",
         call(tensors(1), axis=axes)),
        ("ops.sort tf.sort tf.argsort", call(tensors(1), axis=axes)),
        ("ops.argsort", call(tensors(1), axis=st.one_of(st.none(), axes))),
        ("ops.argpartition", call(tensors(1, each=st.sampled_from([3, 4])), st.just(1))),
        ("ops.flip", call(tensors(1), axis=axes)),
        ("ops.fliplr ops.flipud", call(tensors(2))),
        ("ops.tril ops.triu", call(st.one_of(tensors(2), tensors(2), tensors()))),
        ("ops.roll tf.roll", calls(tensors(1), st.just(1), axis=st.sampled_from([0, -1]))),
        ("tf.reverse", call(tensors(1), st.lists(axes, min_size=1, max_size=2))),
        ("K.reverse", call(tensors(1), axes)),
        ("tf.reverse_sequence", st.builds(
            lambda x: ((x, T(x.dims[:1], "int32")), {"seq_axis": 1}), tensors(2, 3))),
        ("ops.diff", call(tensors(1, each=st.sampled_from([None, 2, 3, 4])), n=st.integers(1, 2), axis=axes)),
        ("ops.top_k tf.math.top_k", call(tensors(1), st.integers(1, 2))),
        # rearranging
        ("ops.reshape tf.reshape K.reshape", reshaped()),
        ("ops.transpose tf.transpose", permuted()),
        ("K.permute_dimensions", permuted(required=True)),
        ("K.transpose", call(tensors())),
        ("tf.linalg.matrix_transpose", call(tensors())),
        ("ops.expand_dims", expanded(many=True)),
        ("tf.expand_dims K.expand_dims", expanded(many=False)),
        ("ops.squeeze tf.squeeze", squeezed()),
        ("K.squeeze", squeezed(listed=False)),
        ("ops.tile", tiled()),
        ("tf.tile K.tile", tiled()),
        ("ops.pad tf.pad", padded()),
        ("ops.pad", st.one_of(padded(), call(tensors(1), st.integers(0, 2)),
                              call(tensors(1), st.just((1, 2))))),
        ("K.temporal_padding", call(tensors(3, 3), st.just((1, 2)))),
        ("K.spatial_2d_padding", call(tensors(4, 4), st.just(((1, 2), (0, 1))))),
        ("K.spatial_3d_padding", call(tensors(5, 5), st.just(((1, 2), (0, 1), (1, 1))))),
        ("ops.shape K.int_shape tf.shape K.shape K.ndim tf.rank tf.size ops.size", call(tensors())),
        ("K.flatten ops.ravel", call(tensors())),
        ("K.batch_flatten", call(st.one_of(tensors(2), tensors(1)))),
        ("ops.repeat tf.repeat", call(tensors(1), st.integers(1, 3), axis=st.one_of(st.none(), axes))),
        ("K.repeat_elements", calls(tensors(1), st.integers(1, 3), axis=axes)),
        ("K.repeat", call(tensors(1, 3), st.integers(1, 3))),
        ("ops.broadcast_to tf.broadcast_to", broadcast()),
        ("ops.swapaxes", call(tensors(1), axes, axes)),
        ("ops.moveaxis", moved()),
        ("ops.rot90", call(tensors(1), k=st.integers(0, 3), axes=st.sampled_from([(0, 1), (1, 2), (0, -1)]))),
        ("ops.diagonal ops.trace", call(tensors(1, each=size), offset=st.integers(-2, 2),
                                        axis1=st.sampled_from([0, 1]), axis2=st.sampled_from([1, -1]))),
        ("tf.linalg.trace", call(tensors(1))),
        ("ops.diag ops.diagflat", call(tensors(1, 3), k=st.integers(-2, 2))),
        ("tf.linalg.diag tf.linalg.diag_part", call(tensors(1))),
        ("ops.view_as_complex", call(of(None, size, 2))),
        ("ops.view_as_real", call(tensors(dtype=st.just("complex64")))),
        ("ops.vander", call(tensors(1, 1), N=st.integers(1, 3))),
        # joining and splitting
        ("ops.concatenate K.concatenate", call(alike(), axis=axes)),
        ("tf.concat", call(alike(), axes)),
        ("ops.stack tf.stack K.stack", call(alike(0), axis=axes)),
        ("tf.parallel_stack", call(alike(1))),
        ("ops.hstack ops.vstack ops.dstack", call(alike())),
        ("ops.append", st.tuples(near(2, 1).map(tuple), st.fixed_dictionaries({}, optional={"axis": axes}))),
        ("tf.add_n tf.math.accumulate_n", call(alike())),
        ("tf.identity_n tf.tuple", call(alike())),
        ("tf.split", cut(sized=True)),
        ("ops.split", cut(sized=False)),
        ("ops.array_split", call(tensors(1), st.integers(1, 4), axis=axes)),
        ("ops.hsplit ops.vsplit ops.dsplit", call(st.one_of(tensors(3), tensors(1)), st.integers(1, 3))),
        ("tf.unstack ops.unstack", unstacked()),
        ("ops.meshgrid tf.meshgrid", st.lists(
            st.one_of(tensors(1, 1), tensors(1, 1), tensors(0, 1)), min_size=1, max_size=3).flatmap(
            lambda ts: st.fixed_dictionaries({}, optional={"indexing": st.sampled_from(["xy", "ij"])}).map(
                lambda options: (tuple(ts), options)))),
        # products
        ("ops.matmul", matrices()),
        ("tf.matmul", matrices(transpose_a=st.booleans(), transpose_b=st.booleans())),
        ("tf.linalg.matvec", st.builds(
            lambda b, n, m, k: ((T((*b, n, m)), T((*b, k or m))), {}), dims(0, 1), size, size,
            st.sampled_from([None, None, 5]))),
        ("K.dot ops.dot", matrices()),
        ("K.batch_dot", batch_dotted()),
        ("ops.tensordot tf.tensordot", contracted()),
        ("ops.einsum tf.einsum", summed()),
        ("ops.outer", call(tensors(0, 2), tensors(0, 2))),
        ("ops.inner", pair(0, 3)),
        ("ops.vdot", st.builds(lambda x: ((x, x), {}), tensors(1, 2))),
        ("ops.kron", call(tensors(1, 3), tensors(1, 3))),
        ("tf.linalg.cross", st.one_of(
            st.builds(lambda x: ((T((*x, 3)), T((*x, 3))), {}), dims(0, 2)), pair(1))),
        # selecting
        ("tf.gather", st.one_of(gathered("tf"), gathered("tf"), batch_gathered())),
        ("ops.take", gathered("ops")),
        ("K.gather", gathered("K")),
        ("tf.nn.embedding_lookup", gathered("K")),
        ("ops.take_along_axis", st.builds(
            lambda ts, axis: ((ts[0], T(ts[1].dims, "int32")), {"axis": axis}), near(2, 1, 3),
            st.one_of(st.none(), axes))),
        ("tf.gather_nd", pointed()),
        ("tf.boolean_mask", masked()),
        ("tf.slice", sliced(whole=True)),
        ("ops.slice", sliced(whole=False)),
        ("tf.strided_slice", strided()),
        ("ops.slice_update", st.builds(
            lambda x: ((x, [0] * len(x.dims), T(tuple(1 for _ in x.dims))), {}), tensors(1, 3))),
        ("ops.scatter_update tf.tensor_scatter_nd_update tf.tensor_scatter_nd_add "
         "tf.tensor_scatter_nd_sub tf.tensor_scatter_nd_max tf.tensor_scatter_nd_min",
         st.builds(lambda n, m: ((T((n, m)), T((2, 1), "int32"), T((2, m))), {}), plain_size, size)),
        ("ops.one_hot K.one_hot", call(tensors(0, 3, st.just("int32")), st.integers(1, 5))),
        ("tf.one_hot", call(tensors(0, 3, st.just("int32")), st.integers(1, 5),
                            axis=st.integers(-2, 4))),
        ("ops.one_hot", call(tensors(0, 3, st.just("int32")), st.integers(1, 5), axis=st.integers(-2, 3))),
        ("ops.multi_hot", call(tensors(1, 3, st.just("int32")), st.integers(1, 5))),
        ("tf.sequence_mask", call(tensors(0, 2, st.just("int32")), maxlen=st.integers(1, 4))),
        ("tf.scatter_nd ops.scatter", st.builds(
            lambda n, shape: ((T((n, 1), "int32"), T((n, *shape)), (6, *shape)), {}), plain_size,
            dims(0, 2, plain_size))),
        ("K.in_top_k", st.builds(
            lambda n, m: ((T((n, m)), T((n,), "int32"), 1), {}), size, plain_size)),
        ("ops.in_top_k tf.math.in_top_k", st.builds(
            lambda n, m: ((T((n,), "int32"), T((n, m)), 1), {}), size, plain_size)),
        ("ops.searchsorted", call(of(plain_size), tensors(0, 2))),
        ("tf.searchsorted", call(of(plain_size), of(size))),
        ("ops.isin", call(tensors(dtype=st.just("int32")), of(3, dtype="int32"))),
        ("ops.digitize", call(tensors(), of(3))),
        ("K.switch", st.builds(
            lambda x: ((T((), "bool"), x, x), {}), tensors(1, 3))),
        ("ops.get_item", call(tensors(1, 3), st.sampled_from([0, (0,), (slice(None), 0)]))),
        # segments
        ("ops.segment_sum ops.segment_max ops.segment_min ops.segment_prod",
         st.one_of(segmented(True), segmented(False))),
        ("tf.math.segment_sum tf.math.segment_mean tf.math.segment_max tf.math.segment_min "
         "tf.math.segment_prod", segmented(False)),
        ("tf.math.unsorted_segment_sum tf.math.unsorted_segment_mean tf.math.unsorted_segment_max "
         "tf.math.unsorted_segment_min tf.math.unsorted_segment_prod tf.math.unsorted_segment_sqrt_n",
         segmented(True)),
        ("ops.bincount tf.math.bincount", call(of(plain_size, dtype="int32"))),
        ("tf.math.confusion_matrix", st.builds(
            lambda n, a, b: ((T((n, *a), "int32"), T((n, *b), "int32"), 3), {}), plain_size,
            *[st.sampled_from([(), (1,), (2,), (3,)])] * 2)),
        ("tf.histogram_fixed_width", call(tensors(), st.just([0.0, 1.0]), nbins=st.integers(1, 5))),
        # windows
        ("ops.conv", st.integers(1, 3).flatmap(lambda rank: convolved(rank, "ops"))),
        ("tf.nn.conv1d", convolved(1, "tf")),
        ("tf.nn.conv2d", convolved(2, "tf")),
        ("tf.nn.conv3d", convolved(3, "tf")),
        ("K.conv1d", convolved(1, "K")),
        ("K.conv2d", convolved(2, "K")),
        ("K.conv3d", convolved(3, "K")),
        ("tf.nn.convolution", convolved(2, "tf").map(
            lambda d: (d[0], {"strides": d[1]["strides"][1], "padding": d[1]["padding"]}))),
        ("ops.depthwise_conv", convolved(2, "ops", "depthwise")),
        ("tf.nn.depthwise_conv2d", convolved(2, "tf", "depthwise")),
        ("K.depthwise_conv2d", convolved(2, "K", "depthwise")),
        ("ops.separable_conv", separated("ops")),
        ("tf.nn.separable_conv2d", separated("tf")),
        ("K.separable_conv2d", separated("K")),
        ("ops.conv_transpose", upsampled()),
        ("tf.nn.conv2d_transpose", st.just(
            ((T((2, 4, 4, 3)), T((3, 3, 5, 3)), [2, 8, 8, 5], [1, 2, 2, 1]), {}))),
        ("tf.nn.conv1d_transpose", st.just(((T((2, 4, 3)), T((3, 5, 3)), [2, 8, 5], 2), {}))),
        ("tf.nn.conv3d_transpose", st.just(
            ((T((2, 4, 4, 4, 3)), T((3, 3, 3, 5, 3)), [2, 8, 8, 8, 5], 2), {}))),
        ("K.conv2d_transpose", st.just(((T((2, 4, 4, 3)), T((3, 3, 5, 3)), (2, 8, 8, 5), (2, 2)),
                                        {"padding": "same"}))),
        ("ops.max_pool ops.average_pool", pooled(None, "ops")),
        ("tf.nn.max_pool tf.nn.avg_pool", pooled(None, "tf")),
        ("tf.nn.max_pool1d tf.nn.avg_pool1d", pooled(1, "tf")),
        ("tf.nn.max_pool2d tf.nn.avg_pool2d", pooled(2, "tf")),
        ("tf.nn.max_pool3d tf.nn.avg_pool3d", pooled(3, "tf")),
        ("tf.nn.pool", pooled(2, "tf").map(
            lambda d: ((d[0][0], [d[0][1]] * 2, "MAX", [d[0][2]] * 2, d[0][3]), {}))),
        ("K.pool2d", pooled(2, "K")),
        ("K.pool3d", pooled(3, "K")),
        ("tf.nn.depth_to_space ops.depth_to_space tf.nn.space_to_depth ops.space_to_depth",
         call(blocks, st.sampled_from([2, 3]))),
        ("tf.space_to_batch tf.space_to_batch_nd", st.one_of(
            call(of(st.sampled_from([None, 2]), st.sampled_from([None, 4, 8]), 6, 3),
                 st.sampled_from([[2, 2], [2, 3]]), st.just([[0, 0], [0, 0]])),
            call(of(st.sampled_from([None, 2]), 7, 3), st.just([2]),
                 st.sampled_from([[[1, 0]], [[0, 3]], [[0, 0]]])))),
        ("tf.batch_to_space tf.batch_to_space_nd", call(
            of(st.sampled_from([None, 8]), st.sampled_from([None, 4]), 4, 3), st.just([2, 2]),
            st.sampled_from([[[0, 0], [0, 0]], [[1, 0], [0, 2]]]))),
        ("tf.image.extract_patches", st.builds(
            lambda x, k, s, p: ((x, [1, k, k, 1], [1, s, s, 1], [1, 1, 1, 1], p), {}),
            of(None, size, size, 3), st.integers(1, 3), strides, st.sampled_from(["VALID", "SAME"]))),
        ("ops.image.extract_patches", call(
            of(None, st.sampled_from([None, 4, 6, 8]), st.sampled_from([4, 6, 8]), 3), st.integers(1, 3),
            strides=strides, padding=st.sampled_from(["valid", "same"]))),
        ("K.resize_images", call(of(None, size, size, 3), st.just(2), st.just(3),
                                 st.just("channels_last"))),
        ("K.resize_volumes", call(of(None, size, size, size, 3), st.just(2), st.just(3), st.just(1),
                                  st.just("channels_last"))),
        # pictures
        ("ops.image.resize", call(pictures, st.tuples(plain_size, plain_size))),
        ("tf.image.resize tf.image.resize_images", call(pictures, st.tuples(plain_size, plain_size))),
        ("tf.image.resize_bilinear tf.image.resize_nearest_neighbor tf.image.resize_bicubic "
         "tf.image.resize_area", call(of(None, size, size, 3), st.tuples(plain_size, plain_size))),
        ("tf.image.resize_with_pad tf.image.resize_with_crop_or_pad",
         call(only_pictures, st.integers(6, 9), st.integers(6, 9))),
        ("tf.image.crop_to_bounding_box", call(
            only_pictures, st.integers(0, 1), st.integers(0, 1), st.integers(1, 3), st.integers(1, 3))),
        ("tf.image.pad_to_bounding_box", call(
            only_pictures, st.integers(0, 1), st.integers(0, 1), st.integers(7, 9), st.integers(7, 9))),
        ("tf.image.central_crop", call(only_pictures, st.just(0.5))),
        ("ops.image.crop_images", st.builds(
            lambda x: ((x,), {"top_cropping": 1, "left_cropping": 1, "bottom_cropping": 1,
                              "right_cropping": 1}),
            of(None, st.sampled_from([4, 6]), st.sampled_from([4, 6]), 3))),
        ("ops.image.pad_images", st.builds(
            lambda x: ((x,), {"top_padding": 1, "left_padding": 1, "target_height": 9, "target_width": 9}),
            of(None, st.sampled_from([4, 6]), st.sampled_from([4, 6]), 3))),
        ("ops.image.rgb_to_grayscale tf.image.rgb_to_grayscale", call(pictures)),
        ("tf.image.grayscale_to_rgb", call(pictures)),
        (" ".join(n for op in images.OPS for n in op.names if op.rule.__name__ in ("_same",)),
         call(colours)),
        ("tf.image.adjust_hue tf.image.random_hue", call(colours, st.just(0.1))),
        ("tf.image.adjust_saturation", call(colours, st.just(0.1))),
        ("tf.image.adjust_gamma", call(colours)),
        ("tf.image.random_saturation", call(colours, st.just(0.1), st.just(0.2))),
        ("ops.image.elastic_transform", call(colours)),
        ("ops.image.affine_transform", st.builds(
            lambda b: ((T((b, 4, 5, 3)), T((b, 8))), {}), st.sampled_from([None, 2]))),
        ("ops.image.perspective_transform", st.builds(
            lambda b: ((T((b, 4, 5, 3)), T((b, 4, 2)), T((b, 4, 2))), {}), st.sampled_from([None, 2]))),
        ("tf.image.flip_left_right tf.image.flip_up_down tf.image.random_flip_left_right "
         "tf.image.random_flip_up_down", call(pictures)),
        ("tf.image.per_image_standardization", call(tensors(1, 4))),
        ("tf.image.rot90", call(only_pictures, k=st.integers(0, 3))),
        ("tf.image.transpose", call(only_pictures)),
        ("tf.image.sobel_edges ops.image.sobel_edges", call(of(None, size, size, 3))),
        ("tf.image.crop_and_resize", st.builds(
            lambda n: ((T((2, 4, 4, 3)), T((n, 4)), T((n,), "int32"), [3, 3]), {}), plain_size)),
        ("tf.image.ssim tf.image.psnr ops.image.ssim", st.just(
            ((T((2, 16, 16, 3)), T((2, 16, 16, 3)), 1.0), {}))),
        # matrices
        ("ops.cholesky ops.inv tf.linalg.cholesky tf.linalg.inv ops.det tf.linalg.det "
         "ops.slogdet tf.linalg.slogdet ops.eig ops.eigh tf.linalg.eigh", call(squares)),
        ("ops.qr tf.linalg.qr ops.pinv tf.linalg.pinv ops.matrix_rank tf.linalg.matrix_rank",
         call(tensors(1, 3))),
        ("ops.solve ops.solve_triangular", st.builds(
            lambda b, n, k: ((T((*b, n, n)), T((*b, n, k))), {}), dims(0, 1), plain_size, plain_size)),
        ("ops.logdet tf.linalg.logdet", call(squares)),
        ("tf.linalg.adjoint", call(tensors())),
        ("ops.dtype K.dtype", call(tensors(dtype=numbers))),
        ("tf.image.convert_image_dtype", call(tensors(), st.just("float32"))),
        ("tf.nn.l2_loss tf.math.zero_fraction", call(tensors())),
        ("K.in_train_phase K.in_test_phase", st.builds(
            lambda x: ((x, x), {"training": True}), tensors(1, 3))),
        ("K.print_tensor", call(tensors())),
        ("tf.nn.softmax_cross_entropy_with_logits", two_alike().map(
            lambda d: ((), {"labels": d[0][0], "logits": d[0][1]}))),
        ("tf.nn.sparse_softmax_cross_entropy_with_logits", st.builds(
            lambda x, n, extra: ((), {"labels": T((*x, *extra), "int32"), "logits": T((*x, n))}),
            dims(1, 3), plain_size, st.sampled_from([(), (), (2,)]))),
        # signals and losses
        ("tf.signal.fft tf.signal.ifft tf.signal.fftshift tf.signal.ifftshift",
         call(tensors(1, 3, st.just("complex64")))),
        ("tf.signal.fft2d tf.signal.ifft2d", call(tensors(2, 3, st.just("complex64")))),
        ("tf.signal.fft3d", call(tensors(3, 3, st.just("complex64")))),
        ("tf.signal.rfft", call(tensors(1, 3))),
        ("tf.signal.irfft", call(tensors(1, 3, st.just("complex64"), st.sampled_from([None, 2, 3, 4])))),
        ("tf.signal.frame", call(tensors(1, 2, each=st.sampled_from([None, 3, 16, 33])), st.integers(4, 6),
                                 st.integers(1, 3), pad_end=st.booleans())),
        ("tf.signal.stft", call(tensors(1, 2, each=st.sampled_from([None, 3, 16, 33])), st.integers(4, 6),
                                st.integers(1, 3), pad_end=st.booleans(),
                                fft_length=st.sampled_from([8, 9]))),
        ("tf.signal.overlap_and_add", call(tensors(2, 3), st.integers(1, 3))),
        ("tf.signal.hann_window tf.signal.hamming_window", call(st.integers(1, 8))),
        ("tf.signal.linear_to_mel_weight_matrix", call(st.integers(2, 8), st.integers(17, 33))),
        ("tf.signal.mfccs_from_log_mel_spectrograms", call(tensors(1, 3, each=st.sampled_from([4, None])))),
        ("tf.image.total_variation", call(of(size, 4, 4, 3))),
        ("tf.image.random_crop", call(of(4, 8, 3), st.lists(st.integers(1, 3), min_size=3, max_size=3))),
        ("tf.image.non_max_suppression", call(of(6, 4), of(6), st.integers(1, 4))),
        ("ops.extract_sequences", call(tensors(1, 2, each=st.sampled_from([None, 8, 9])), st.integers(2, 4),
                                       st.integers(1, 3))),
        ("ops.dot_product_attention", st.builds(
            lambda b, t, s: ((T((b, t, 2, 4)), T((b, s, 2, 4)), T((b, s, 2, 4))), {}), size, size, size)),
        ("ops.fft", st.builds(lambda x: (((x, x),), {}), tensors(1, 3))),
        ("ops.fft2 ops.ifft2", st.builds(lambda x: (((x, x),), {}), tensors(2, 3))),
        ("ops.binary_crossentropy ops.categorical_crossentropy K.binary_crossentropy "
         "K.categorical_crossentropy", two_alike()),
        ("tf.nn.sigmoid_cross_entropy_with_logits", two_alike().map(
            lambda d: ((), {"labels": d[0][0], "logits": d[0][1]}))),
        ("ops.rfft", call(tensors(0, 3), fft_length=st.sampled_from([None, 4, 5]))),
        ("ops.irfft", st.builds(lambda x, n: (((x, x),), {"fft_length": n}), tensors(1, 3),
                                st.sampled_from([None, 4, 5]))),
        ("ops.stft", call(tensors(1, 2, each=st.sampled_from([None, 16, 33])), st.just(8),
                          st.integers(1, 3), st.sampled_from([8, 9, 16]), center=st.booleans())),
        ("ops.psnr", two_alike().map(lambda d: ((*d[0], 1.0), {}))),
        ("ops.sparse_categorical_crossentropy K.sparse_categorical_crossentropy", st.builds(
            lambda x, n, extra: ((T((*x, *extra), "int32"), T((*x, n))), {}),
            dims(0, 3), plain_size, st.sampled_from([(), (), (1,), (2,)]))),
        ("K.ctc_batch_cost", st.builds(
            lambda n, lengths, labels: ((T((n, 3), "int32"), T((n, 8, 5)), T((n, *lengths), "int32"),
                                         T((n, *labels), "int32")), {}),
            st.integers(2, 4), *[st.sampled_from([(), (1,), (1,), (1,), (2,)])] * 2)),
        ("ops.ctc_decode", st.builds(
            lambda x, n, options: ((x, T(n, "int32")), options),
            st.one_of(of(4, 8, 5), of(4, 8, 5), tensors(2, 4)),
            st.sampled_from([(4,), (4,), (4,), (3,), (4, 1), ()]),
            st.fixed_dictionaries({}, optional={"strategy": st.sampled_from(["greedy", "beam_search"]),
                                                "top_paths": st.integers(1, 3)}))),
        # from nothing
        ("tf.zeros tf.ones ops.zeros ops.ones K.zeros K.ones ops.empty", shaped()),
        ("tf.random.normal tf.random.uniform tf.random.truncated_normal K.random_normal K.random_uniform "
         "K.truncated_normal K.random_bernoulli random.normal random.uniform random.truncated_normal",
         shaped()),
        ("K.random_binomial", shaped()),
        ("random.randint", call(dims(0, 3, plain_size), st.just(0), st.just(3))),
        ("K.random_uniform_variable K.random_normal_variable",
         call(dims(0, 3, plain_size), st.just(0.0), st.just(1.0))),
        ("tf.random.stateless_normal tf.random.stateless_uniform",
         call(dims(0, 3, plain_size), st.just([1, 2]))),
        ("tf.random.shuffle random.shuffle", call(tensors(1, 3))),
        ("tf.random.categorical random.categorical", call(of(size, plain_size), st.integers(1, 3))),
        ("tf.fill ops.full", call(dims(0, 3, plain_size), st.just(1.5))),
        ("ops.full_like", call(tensors(), st.just(1.5))),
        ("tf.constant tf.convert_to_tensor ops.convert_to_tensor ops.array K.constant K.variable",
         call(st.sampled_from([1.0, [1.0, 2.0], [[1], [2]], [[1.0, 2.0]]]))),
        ("tf.convert_to_tensor ops.convert_to_tensor", st.one_of(
            call(st.sampled_from([1.0, [1.0, 2.0], [[1], [2]]])), call(tensors()))),
        ("tf.range ops.arange", _limits()),
        ("K.arange", st.one_of(call(st.integers(-4, 6)), call(st.integers(-4, 6), st.integers(-4, 6)))),
        ("ops.linspace ops.logspace ops.geomspace", call(st.just(1.0), st.just(2.0), num=st.integers(1, 5))),
        ("tf.linspace", call(st.just(0.0), st.just(1.0), st.integers(1, 5))),
        ("ops.eye tf.eye", call(plain_size, st.one_of(st.none(), plain_size))),
        ("K.eye ops.identity", call(plain_size)),
        ("ops.tri", call(plain_size, st.one_of(st.none(), plain_size))),
        ("ops.bartlett ops.blackman ops.hamming ops.hanning", call(plain_size)),
        ("ops.kaiser", call(plain_size, st.just(1.0))),
        ("tf.math.softsign", call(tensors())),
        ("tf.identity", call(tensors(dtype=numbers))),
    ]  # fmt: skip


def table() -> dict[str, Draws]:
    """The draws of every op, by its plain name; a later row wins."""
    return {plain_name(name): draws for names, draws in _rows() for name in names.split()}
