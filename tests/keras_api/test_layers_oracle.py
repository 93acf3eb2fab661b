"""The layer rules against the real layers, on drawn configurations and shapes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import KerasVersion
from tests.oracle import Dims, agree, our_layer, real_layer

pytestmark = pytest.mark.oracle
Config = dict[str, Any]
VERSIONS = [KerasVersion.V3, KerasVersion.V2]
size = st.sampled_from([None, 1, 2, 3, 5, 8, 8, 9])
small = st.integers(1, 4)


def window(rank: int, most: int = 4) -> st.SearchStrategy[Any]:
    """A window: one number, or one for each spatial axis."""
    each = st.integers(1, most)
    return each if rank == 0 else st.one_of(each, st.tuples(*[each] * rank))


def config(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries({}, optional=parts)


def convolution(rank: int, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries(
        {"filters": st.just(4), "kernel_size": window(rank)},
        optional={
            "strides": window(rank, 3),
            "padding": st.sampled_from(["valid", "same"]),
            "dilation_rate": st.integers(1, 2),
            **more,
        },
    )


def depthwise(rank: int) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries(
        {"kernel_size": st.integers(1, 4)},
        optional={
            "strides": st.integers(1, 2),
            "padding": st.sampled_from(["valid", "same"]),
            "depth_multiplier": st.integers(1, 2),
        },
    )


def transposed(rank: int) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries(
        {"filters": st.just(4), "kernel_size": window(rank), "strides": window(rank, 3)},
        optional={"padding": st.sampled_from(["valid", "same"])},
    )


def pooling(rank: int) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries(
        {"pool_size": window(rank)},
        optional={"strides": window(rank, 3), "padding": st.sampled_from(["valid", "same"])},
    )


def pairs(rank: int) -> st.SearchStrategy[Any]:
    pair = st.tuples(st.integers(0, 2), st.integers(0, 2))
    return st.one_of(st.integers(0, 2), st.tuples(*[pair] * rank))


recurrent = config(
    return_sequences=st.booleans(), return_state=st.booleans(), go_backwards=st.booleans()
).map(lambda rest: {"units": 4, **rest})
nothing = st.just({})
keep = config(keepdims=st.booleans())

# Layer, rank of its usual input (batch included), configurations.
LAYERS: list[tuple[str, int, st.SearchStrategy[Config]]] = [
    ("Dense", 2, st.just({"units": 4})),
    ("Dense", 3, st.just({"units": 4})),
    ("Activation", 3, st.just({"activation": "relu"})),
    ("Embedding", 2, st.just({"input_dim": 9, "output_dim": 4})),
    ("Embedding", 3, st.just({"input_dim": 9, "output_dim": 4})),
    ("Masking", 3, nothing),
    ("Conv1D", 3, convolution(1)),
    ("Conv2D", 4, convolution(2)),
    ("Conv3D", 5, convolution(3)),
    ("SeparableConv1D", 3, convolution(0)),
    ("SeparableConv2D", 4, convolution(0)),
    ("DepthwiseConv1D", 3, depthwise(1)),
    ("DepthwiseConv2D", 4, depthwise(2)),
    ("Conv1DTranspose", 3, transposed(0)),
    ("Conv2DTranspose", 4, transposed(2)),
    ("Conv3DTranspose", 5, transposed(3)),
    *((f"{kind}Pooling{rank}D", rank + 2, pooling(0 if rank == 1 else rank))
      for kind in ("Max", "Average") for rank in (1, 2, 3)),
    *((f"Global{kind}Pooling{rank}D", rank + 2, keep)
      for kind in ("Max", "Average") for rank in (1, 2, 3)),
    ("Flatten", 4, nothing),
    ("Flatten", 2, nothing),
    ("Reshape", 3, st.lists(st.sampled_from([-1, 1, 2, 4, 8, 16, 64]), min_size=1, max_size=3)
     .map(lambda dims: {"target_shape": tuple(dims)})),
    ("Permute", 4, st.permutations([1, 2, 3]).map(lambda dims: {"dims": tuple(dims)})),
    ("RepeatVector", 2, small.map(lambda n: {"n": n})),
    ("RepeatVector", 3, small.map(lambda n: {"n": n})),
    ("ZeroPadding1D", 3, st.integers(0, 3).map(lambda n: {"padding": n})),
    ("ZeroPadding2D", 4, pairs(2).map(lambda p: {"padding": p})),
    ("ZeroPadding3D", 5, pairs(3).map(lambda p: {"padding": p})),
    ("Cropping1D", 3, st.tuples(small, small).map(lambda p: {"cropping": p})),
    ("Cropping2D", 4, pairs(2).map(lambda p: {"cropping": p})),
    ("Cropping3D", 5, pairs(3).map(lambda p: {"cropping": p})),
    ("UpSampling1D", 3, small.map(lambda n: {"size": n})),
    ("UpSampling2D", 4, window(2).map(lambda n: {"size": n})),
    ("UpSampling3D", 5, window(3).map(lambda n: {"size": n})),
    ("LSTM", 3, recurrent),
    ("GRU", 3, recurrent),
    ("SimpleRNN", 3, recurrent),
    ("BatchNormalization", 4, config(axis=st.integers(-3, 3))),
    ("LayerNormalization", 3, config(axis=st.integers(-2, 2))),
    ("Dropout", 3, st.just({"rate": 0.5})),
    ("SpatialDropout1D", 3, st.just({"rate": 0.5})),
    ("SpatialDropout2D", 4, st.just({"rate": 0.5})),
    ("GaussianNoise", 3, st.just({"stddev": 0.5})),
    ("ReLU", 3, nothing),
    ("LeakyReLU", 3, nothing),
    ("PReLU", 3, nothing),
    ("Softmax", 3, nothing),
    ("ELU", 3, nothing),
]  # fmt: skip
IDS = [f"{name}-{rank}" for name, rank, _ in LAYERS]


@st.composite
def input_shape(draw: st.DrawFn, rank: int) -> Dims:
    """Mostly of the usual rank."""
    rank = draw(st.sampled_from([rank] * 9 + [max(1, rank - 1), rank + 1]))
    batch = draw(st.sampled_from([None, None, None, 2]))
    return (batch, *draw(st.lists(size, min_size=rank - 1, max_size=rank - 1)))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "rank", "configs"), LAYERS, ids=IDS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_layer(
    name: str,
    rank: int,
    configs: st.SearchStrategy[Config],
    version: KerasVersion,
    data: st.DataObject,
) -> None:
    options = data.draw(configs)
    dims = data.draw(input_shape(rank))
    ours = our_layer(name, options, [dims], version)
    theirs = real_layer(name, options, [dims], version)
    assert agree(ours, theirs), (name, options, dims, version.name, ours, theirs)
