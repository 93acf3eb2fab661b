"""``InputSpec``: what a layer of the program's own says that it takes, and Keras compares with its inputs."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.problems import refused, wrong_inputs, wrong_rank
from kerasmergelint.keras_api.protocol import Nest, TensorSpec
from kerasmergelint.shapes import AnyShape, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input, as far as what is asked of it is known; None asks for nothing.

    ``shape`` has sizes, None for any, and leads to ``ndim``.  ``axes`` are pairs of an axis and a size.
    """

    dtype: str | None = None
    shape: tuple[Dim, ...] | None = None
    ndim: int | None = None
    max_ndim: int | None = None
    min_ndim: int | None = None
    axes: tuple[tuple[int, Dim], ...] = ()
    squeezed: bool = False  # a last axis of size 1 does not count
    name: str | None = None
    optional: bool = False


def checked(spec: InputSpec) -> InputSpec:
    """The spec, whose axes its own rank must have."""
    most = spec.ndim or spec.max_ndim
    highest = max((axis for axis, _ in spec.axes), default=0)
    if most and highest > most - 1:
        raise refused(f"axis {highest} of InputSpec, of which inputs have {most}")
    return spec


def compare(specs: Sequence[InputSpec | None], inputs: Nest) -> None:
    """Raise what Keras raises of inputs that the specs certainly exclude."""
    tensors = _tensors(inputs)
    if not specs or tensors is None:
        return
    if len(tensors) != len(specs):
        raise wrong_inputs(f"its input_spec has {len(specs)} inputs, got {len(tensors)}")
    for index, (spec, tensor) in enumerate(zip(specs, tensors)):
        if spec is not None:
            which = "an input" if len(specs) == 1 else f"a {ordinal(index)} input"
            _compare_rank(spec, tensor.shape, which)
            _compare_dtype(spec, tensor, which)
            if isinstance(tensor.shape, Shape):
                _compare_sizes(spec, tensor.shape, which)


def _tensors(inputs: Nest) -> list[TensorSpec] | None:
    """The inputs in order; None if not all of them are known to be tensors, or they have names."""
    if isinstance(inputs, TensorSpec):
        return [inputs]
    if not isinstance(inputs, (list, tuple)):
        return None
    found: list[TensorSpec] = []
    for item in inputs:
        part = _tensors(item)
        if part is None:
            return None
        found.extend(part)
    return found


def _compare_rank(spec: InputSpec, shape: AnyShape, which: str) -> None:
    exact = None if spec.squeezed else spec.ndim
    least, most = spec.min_ndim, spec.max_ndim
    lowest = shape.rank if isinstance(shape, Shape) else shape.min_rank
    highest = shape.rank if isinstance(shape, Shape) else None
    if exact is not None and (lowest > exact or (highest is not None and highest < exact)):
        raise wrong_rank(f"its input_spec asks for {which} of rank {exact}{_got(shape)}")
    if most is not None and lowest > most:
        raise wrong_rank(f"its input_spec asks for {which} of rank {most} at most{_got(shape)}")
    if least is not None and highest is not None and highest < least:
        raise wrong_rank(f"its input_spec asks for {which} of rank {least} at least{_got(shape)}")


def _got(shape: AnyShape) -> str:
    return f", got {shape}" if isinstance(shape, Shape) else ", got more axes"


def _compare_dtype(spec: InputSpec, tensor: TensorSpec, which: str) -> None:
    """Floats are compared after a cast, which depends on the layer; other types as they are."""
    wanted, got = spec.dtype, tensor.dtype
    if wanted is None or got is None or wanted == got:
        return
    if not (_is_float(wanted) and _is_float(got)):
        raise wrong_inputs(f"its input_spec asks for {which} of dtype {wanted}, got {got}")


def _is_float(dtype: str) -> bool:
    return dtype.startswith(("float", "bfloat"))


def _compare_sizes(spec: InputSpec, shape: Shape, which: str) -> None:
    for axis, size in spec.axes:
        if not -shape.rank <= axis < shape.rank:
            if size is not None:
                detail = f"its input_spec asks for axis {axis} of {which}, got {shape}"
                raise wrong_rank(detail, "IndexError", axis=axis)
        elif never_equal(size, shape.dims[axis]):
            detail = f"its input_spec asks for {which} of size {size} on axis {axis}, got {shape}"
            raise wrong_inputs(detail)
    if spec.shape is not None and not spec.squeezed:
        for wanted, got in zip(spec.shape, shape.dims):
            if never_equal(wanted, got):
                detail = (
                    f"its input_spec asks for {which} of shape {Shape(spec.shape)}, got {shape}"
                )
                raise wrong_inputs(detail)
