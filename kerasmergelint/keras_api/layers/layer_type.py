"""The declaration of a layer: its name and kinds, what it accepts, its shape rule, its weights.

An entry is one row in the table of its family (``core.py``, ``convolution.py``, ...).  Signatures are
generated; see ``keras_api/signatures.py``.  Where versions of Keras differ, the entry has a
:class:`Behaviour`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kerasmergelint.dataclass import dataclass, field, field_names, replace
from kerasmergelint.keras_api import problems
from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.layers import base_class, releases
from kerasmergelint.keras_api.layers.dtypes import compute_dtype, dtype_of, with_dtype
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Pins,
    Rule,
    Weights,
    accept_any,
    no_weights,
    nothing_pinned,
)
from kerasmergelint.keras_api.object_names import refused_arguments
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.releases import REASON, UP_TO_DATE, What
from kerasmergelint.keras_api.signatures import Signature, signature_of
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion, Versions
from kerasmergelint.shapes import UNKNOWN, Relation, Shape, compare, format_shape


class Dtype(enum.Enum):
    """Where the dtype of the outputs comes from."""

    COMPUTE = "the layer's compute dtype"
    INPUT = "the dtype of the input, with floats cast to the compute dtype"
    RULE = "what the rule says"


class Integers(enum.Enum):
    """What happens to an input that does not hold floats."""

    TAKEN = "the layer computes with it"
    EXCEPT_BOOLS = "the layer computes with integers, and may refuse truth values"
    IN_DOUBT = "the layer may refuse it"
    REFUSED = "the layer refuses it"


class RankCheck(enum.Enum):
    """When the rank of the input is checked."""

    ALWAYS = "at each call"
    AT_FIRST = "only before the layer is built; later TensorFlow may take other ranks"
    NEVER = "never"


class PinCheck(enum.Enum):
    """What compares the pinned sizes of a later call with those of the first."""

    LAYER = "the layer, which refuses other sizes"
    RULE = "the rule, where anything does"
    NOTHING = "nothing: other sizes may work or fail"


@dataclass(frozen=True, slots=True, eq=False)
class Behaviour:
    """What differs in a range of versions; None means no difference."""

    versions: Versions
    rule: Rule | None = None
    check: Check | None = None
    more_axes: bool | None = None
    rank_check: RankCheck | None = None
    pin_check: PinCheck | None = None
    dtype: Dtype | None = None
    integers: Integers | None = None

    def applied_to(self, entry: LayerType) -> LayerType:
        named = {name: getattr(self, name) for name in field_names(self)}
        del named["versions"]
        return replace(entry, **{name: it for name, it in named.items() if it is not None})


# Layers that prepare data: besides tensors they take numbers, texts, and lists of arrays.
_OF_DATA = frozenset({
    "CategoryEncoding", "CenterCrop", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix",
    "Discretization", "Equalization", "HashedCrossing", "Hashing", "IntegerLookup", "MixUp",
    "Normalization", "Rescaling", "Resizing", "Solarization", "StringLookup", "TextVectorization",
})  # fmt: skip
_CAST = ("CenterCrop", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "LeakyReLU", "Rescaling")
# The default for layers of Keras 2.
_IN_KERAS_2 = Behaviour(V2, pin_check=PinCheck.NOTHING, integers=Integers.IN_DOUBT)


@dataclass(frozen=True, slots=True, eq=False)
class LayerType:
    """One layer.

    ``rank`` is the exact rank of the input, batch axis included, ``min_rank`` the least, and with
    ``more_axes`` there may be further batch axes.  Layers that take something other than one tensor have
    ``single=False`` and check it themselves.  ``pins`` gives the axes whose size the first call fixes,
    ``pins_rank`` says whether it fixes the rank.  ``build_arguments`` are the arguments of the first call,
    besides the inputs, whose shapes the weights depend on, ``needs`` those that every call must have.
    ``trained`` counts those of the ``weights``
    that training changes, where that is not all of them.

    All this describes the newest Keras.  ``behaviours`` say what other versions do, one per range; of two
    that cover the same version, the later one wins.
    """

    name: str
    rule: Rule
    kind: Kind = NO_KIND
    rank: int | None = None
    min_rank: int | None = None
    more_axes: bool = False
    rank_check: RankCheck = RankCheck.ALWAYS
    single: bool = True
    pins: Pins = nothing_pinned
    pins_rank: bool = False
    pin_check: PinCheck = PinCheck.LAYER
    check: Check = accept_any
    weights: Weights = no_weights
    trained: Weights | None = None
    refuses_tensors: bool = True
    refuses_lists: bool = True
    dtype: Dtype = Dtype.COMPUTE
    integers: Integers = Integers.TAKEN
    build_arguments: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    _by_version: dict[KerasVersion, LayerType] = field(init=False, repr=False, default_factory=dict)

    def signature(self, version: KerasVersion) -> Signature:
        return signature_of(self.name, version)

    @property
    def call_parameters(self) -> tuple[str, ...]:
        return _call_parameters(self.name)

    def construct(
        self, args: Sequence[object], kwargs: Mapping[str, object], version: KerasVersion
    ) -> Config:
        """The configuration; raises :class:`Broken` where the constructor certainly raises."""
        if self.refuses_tensors:
            _refuse_tensors(args)
        try:
            config = self.signature(version).bind(args, kwargs)
            base_class.check(self.name, config, version)
            if not releases.is_older(self.name, version, What.REFUSES, config, {}):
                self.in_version(version).check(config, version)
            refused_arguments(config, version)  # the last: a program may register the name
        except Broken:
            if args and _holds_tensors(args[0]):
                raise _takes_no_tensors("tensors") from None
            raise
        return config

    def unknown_config(self, version: KerasVersion) -> Config:
        """A configuration of which nothing is known."""
        return dict.fromkeys(self.signature(version).names, UNKNOWN)

    def call(self, call: LayerCall) -> Outcome:
        """The outputs for these inputs; raises :class:`Broken` where Keras certainly raises."""
        if call.version in UP_TO_DATE:
            return self.in_version(call.version)._answer(call)
        return self._in_older(call)

    def _in_older(self, call: LayerCall) -> Outcome:
        """The answer for an older Keras 3, as far as it is known."""
        about = (call.config, call.arguments)
        try:
            outcome = self.in_version(call.version)._answer(call)
        except Broken:
            if releases.is_older(self.name, call.version, What.REFUSES, *about):
                return Outcome(UNKNOWN, (REASON,))
            raise
        if releases.is_older(self.name, call.version, What.ANSWERS, *about):
            return Outcome(UNKNOWN, (REASON,))
        return outcome

    def compared(self, versions: Versions) -> list[KerasVersion]:
        """Those of the versions that may answer differently from the newest."""
        return releases.compared(self.name, versions)

    def built_on(self, inputs: Nest, arguments: Mapping[str, object]) -> ShapeNest:
        """What the first call fixes: the shapes of its inputs, and of some arguments by name."""
        shapes = _shapes(inputs)
        if not self.build_arguments:
            return shapes
        given = {name: arguments.get(name) for name in self.build_arguments}
        return {"inputs": shapes, **{name: _shapes(value) for name, value in given.items()}}

    def parameters(self, config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        """The number of weights after a first call on these shapes; None where it is unknown."""
        try:
            return self.weights(config, first, version)
        except (TypeError, IndexError, AttributeError):
            return None

    def trained_parameters(
        self, config: Config, first: ShapeNest, version: KerasVersion
    ) -> int | None:
        """How many of them training changes, if the layer is trainable."""
        try:
            return (self.trained or self.weights)(config, first, version)
        except (TypeError, IndexError, AttributeError):
            return None

    # -- one version ---------------------------------------------------------------------

    def in_version(self, version: KerasVersion) -> LayerType:
        """The entry as it is in one version."""
        found = self._by_version.get(version)
        if found is None:
            found = self
            for behaviour in (_IN_KERAS_2, *self.behaviours):
                if version in behaviour.versions:
                    found = behaviour.applied_to(found)
            self._by_version[version] = found
        return found

    def _answer(self, call: LayerCall) -> Outcome:
        if not self.single:
            if isinstance(call.inputs, SubLayer):
                raise problems.layer_to_layer(call.version)
            return self._typed(self.rule(call), call)
        spec = self._one_tensor(call.inputs, call.version)
        if spec is None:
            return Outcome(UNKNOWN, ("what the layer is called on is not known",))
        if spec is not call.inputs:
            call = replace(call, inputs=spec)
        again = call.first is not None
        if self.rank_check is RankCheck.AT_FIRST and again and not self._certainly_fits(spec):
            return Outcome(UNKNOWN, (f"Keras {call.version.major} does not check the rank again",))
        if self.rank_check is not RankCheck.NEVER and not self._may_fit(spec):
            raise self._wrong_rank(spec)
        if self.pin_check is PinCheck.LAYER:
            self._check_pins(spec, call)
        elif self.pin_check is PinCheck.NOTHING and again and self._is_repinned(spec, call):
            return Outcome(UNKNOWN, (f"Keras {call.version.major} does not check the sizes again",))
        return self._typed(self.rule(call), call)

    def _typed(self, outcome: Outcome, call: LayerCall) -> Outcome:
        """The outputs with their dtype."""
        if self.dtype is Dtype.RULE:
            return outcome
        given = dtype_of(call.inputs)
        if given is not None and given not in FLOATS and not self._takes(given):
            return self._doubted(outcome, call, given)
        keeps = self.dtype is Dtype.INPUT and given not in FLOATS
        found = given if keeps else self._computed(call, given)
        outputs = with_dtype(outcome.outputs, found)
        return outcome if outputs is outcome.outputs else replace(outcome, outputs=outputs)

    def _computed(self, call: LayerCall, given: str | None) -> str | None:
        """The compute dtype; without weights, Keras 3 computes with integers as they are.

        Only symbolic tensors are declared to be floats all the same.
        """
        declared = call.version in V2 or TensorKind.KERAS in _kinds(call.inputs)
        if declared or given in FLOATS or self._casts or self._has_weights(call):
            return compute_dtype(call.config)
        return None

    @property
    def _casts(self) -> bool:
        """Whether the layer makes floats of integers by itself."""
        return self.name in _CAST or self.name.startswith("Random")

    def _has_weights(self, call: LayerCall) -> bool:
        if self.weights is no_weights:
            return False
        first = self.built_on(call.inputs, call.arguments) if call.first is None else call.first
        return self.parameters(call.config, first, call.version) != 0

    def _takes(self, dtype: str) -> bool:
        if self.integers is Integers.EXCEPT_BOOLS:
            return dtype != "bool"
        return self.integers is Integers.TAKEN

    def _doubted(self, outcome: Outcome, call: LayerCall, dtype: str) -> Outcome:
        """The layer may refuse the dtype, or certainly does."""
        if self.integers is Integers.REFUSED and is_symbolic(call.inputs):
            raise problems.wrong_inputs(
                f"computes with floats, got an input of type {dtype}",
                "TypeError",
                hint="cast it first, for example with Rescaling",
            )
        doubt = f"Keras {call.version.major} may refuse the dtype {dtype}"
        return replace(
            outcome, outputs=with_dtype(outcome.outputs, None), doubts=(*outcome.doubts, doubt)
        )

    # -- checks that most layers share ---------------------------------------------------

    def _one_tensor(self, inputs: object, version: KerasVersion) -> TensorSpec | None:
        if isinstance(inputs, TensorSpec):
            return inputs
        if inputs is UNKNOWN:
            return TensorSpec()
        if isinstance(inputs, SubLayer):
            raise problems.layer_to_layer(version)
        checked = self.rank is not None or self.min_rank is not None
        refused = self.refuses_lists and (checked or version in V3) and not self._stacks(inputs)
        if isinstance(inputs, (list, tuple)) and refused:  # without a check, Keras 2 may stack them
            tensors = [item for item in inputs if isinstance(item, TensorSpec)]
            if len(tensors) == len(inputs) and len(tensors) >= 2:
                raise problems.wrong_inputs(
                    f"expects 1 input, got a list of {len(tensors)} tensors",
                    hint="merge them first, for example with Concatenate",
                )
        return None

    def _stacks(self, inputs: object) -> bool:
        """Whether a list becomes one array, which a layer that prepares data makes of it."""
        symbolic = TensorKind.KERAS in _kinds(inputs)
        return self.rank is None and takes_data(self.name) and not symbolic

    @property
    def _wanted(self) -> int | None:
        return self.rank if self.rank is not None else self.min_rank

    def _may_fit(self, spec: TensorSpec) -> bool:
        """Whether the rank is accepted, as far as it is known."""
        wanted, shape = self._wanted, spec.shape
        if wanted is None:
            return True
        exact = self.rank is not None and not self.more_axes
        if isinstance(shape, Shape):
            return shape.rank >= wanted and not (exact and shape.rank > wanted)
        return not (exact and shape.min_rank > wanted)

    def _certainly_fits(self, spec: TensorSpec) -> bool:
        return isinstance(spec.shape, Shape) and self._may_fit(spec)

    def _wrong_rank(self, spec: TensorSpec) -> Broken:
        least = "" if self.rank is not None else "at least "
        found = f"rank {spec.shape.rank} " if isinstance(spec.shape, Shape) else ""
        return problems.wrong_rank(
            f"expects an input of {least}rank {self._wanted}, got {found}{spec}"
        )

    def _is_repinned(self, spec: TensorSpec, call: LayerCall) -> bool:
        """Whether a size fixed by the first call differs now."""
        try:
            self._check_pins(spec, call)
        except Broken:
            return True
        return False

    def _check_pins(self, spec: TensorSpec, call: LayerCall) -> None:
        first = call.first
        if not isinstance(first, Shape) or not isinstance(spec.shape, Shape):
            return
        if self.pins_rank and first.rank != spec.shape.rank:
            raise problems.pinned(f"was built on {format_shape(first)}, but is called on {spec}")
        for axis in self.pins(call.config):
            check_pin(first, spec.shape, axis)


def check_pin(first: Shape, now: Shape, axis: int) -> None:
    """Fail if a size that the first call fixed differs now."""
    try:
        was, found = first.dims[axis], now.dims[axis]
    except IndexError:
        return
    if was is None or found is None:
        return
    if compare(was, found).relation is Relation.NEVER:
        raise problems.pinned(
            f"was built for size {was} on axis {axis}, but is called with size {found}"
            f" in {format_shape(now)}",
            axis,
        )


@lru_cache(maxsize=512)
def _call_parameters(name: str) -> tuple[str, ...]:
    return signature_of(name, KerasVersion.V3).call or ("inputs",)


def takes_data(name: str) -> bool:
    """Whether a layer prepares data.

    >>> takes_data("Normalization"), takes_data("RandomFlip"), takes_data("LayerNormalization")
    (True, True, False)
    """
    return name in _OF_DATA or name.startswith(("Random", "Auto", "Aug"))


def is_symbolic(nest: Nest) -> bool:
    """Whether this is a single symbolic Keras tensor."""
    return isinstance(nest, TensorSpec) and nest.kind is TensorKind.KERAS


def _kinds(nest: Nest) -> set[TensorKind]:
    """The kinds of the tensors in a nest."""
    if isinstance(nest, TensorSpec):
        return {nest.kind}
    items = nest.values() if isinstance(nest, dict) else nest
    return set().union(*map(_kinds, items)) if isinstance(items, Iterable) else set()


def _shapes(nest: Nest) -> ShapeNest:
    """The nest of shapes of a nest of specs; None stays None."""
    if isinstance(nest, TensorSpec):
        return nest.shape
    if isinstance(nest, (list, tuple)):
        return type(nest)(_shapes(item) for item in nest)
    if isinstance(nest, dict):
        return {key: _shapes(item) for key, item in nest.items()}
    return None if nest is None else UNKNOWN


def _refuse_tensors(args: Sequence[object]) -> None:
    if args and is_symbolic(args[0]):
        raise _takes_no_tensors("tensor")


def _holds_tensors(value: object) -> bool:
    """Whether this is a list of symbolic tensors, meant for the call of a merge."""
    return isinstance(value, (list, tuple)) and bool(value) and all(map(is_symbolic, value))


def _takes_no_tensors(what: str) -> Broken:
    return Broken(
        Problem(
            ProblemKind.TENSOR_TO_CONSTRUCTOR,
            "TypeError",
            f"the constructor takes no {what}",
            hint=f"make the layer first, then call it on the {what}",
        )
    )
