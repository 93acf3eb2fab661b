"""From a finding to the chain of calls that leads to it, as plain data: what *replay* builds.

A plan is made at the moment of the failure, when layers, lists and models are as the program left
them.  If the call that made a tensor cannot be repeated (the program's own layer made it, say), an
``Input`` of its shape stands in, if that is known, and ``assumed`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.runtime.choices import Choices, Impossible
from kerasmergelint.runtime.encoding import (
    Encoder,
    Plain,
    Unplannable,
    array,
    folded,
    keras_path,
    spelled_path,
)
from kerasmergelint.runtime.layer_plans import LayerPlans
from kerasmergelint.shapes import OpenShape, Shape, format_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Recipe, Site, TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import REST, UnknownV, Value

# Ranks to try for an input of unknown rank: images, sequences, vectors, volumes.
RANKS = (4, 3, 2, 5)
MAX_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a plan, as plain data, and its place in the program."""

    data: dict[str, Plain]
    site: Site | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to repeat the calls.  The last step is the one in question.

    If ``guessed``, it rests on shapes that we chose, and only a failure says anything.  ``assumed`` are
    remarks for the user; ``user_code`` says whether it needs the program's own classes.
    """

    steps: tuple[Step, ...]
    layers: tuple[Plain, ...]
    assumed: tuple[str, ...] = ()
    guessed: bool = False
    user_code: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What the recorder keeps with an event: plans to try in turn, or the reason why there is none.

    ``told`` has the linter's shapes of the tensors that go into the call.
    """

    keras: int
    certain: bool
    cause: Problem | Hazard
    plans: tuple[Plan, ...] = ()
    reason: str = ""
    told: tuple[list[Plain] | None, ...] | None = None


@dataclass(slots=True)
class Recorder:
    """Makes a :class:`Record` of every event of an analysis."""

    allow_user_code: bool = False

    def __call__(
        self, interp: Interpreter, cause: Problem | Hazard, recipe: Recipe | None, *_: object
    ) -> Record:
        version, certain = int(interp.version), interp.version_certain
        if recipe is None:
            return Record(version, certain, cause, reason="this kind of finding is not replayed")
        told = tuple(_told(tensor.spec) for tensor in _tensors([recipe.args, recipe.keywords]))
        plans, reason = self._plans(interp, cause, recipe)
        return Record(version, certain, cause, plans, reason, told)

    def _plans(
        self, interp: Interpreter, cause: Problem | Hazard, recipe: Recipe
    ) -> tuple[tuple[Plan, ...], str]:
        """A plan for each rank to try, and the reason if there are no more."""
        plans: list[Plan] = []
        graph = cause.kind is ProblemKind.MODEL_GRAPH
        try:
            for rank in RANKS:
                planner = Planner(interp, self.allow_user_code, rank, graph=graph)
                plans.append(planner.plan(recipe))
                if not planner.open_rank:
                    break
        except (Unplannable, Impossible) as error:
            return tuple(plans), str(error)
        except RecursionError:
            return (), "it is nested too deeply"
        return tuple(plans), ""


class Planner:
    """Plans one event."""

    def __init__(
        self, interp: Interpreter, allow_user_code: bool, rank: int, *, graph: bool = False
    ) -> None:
        self.interp = interp
        self.needs_the_graph = graph
        self.allow_user_code = allow_user_code
        self.rank = rank
        self.choices = Choices()
        self.open_rank = False
        self.guessed = False
        self.steps: list[Step] = []
        self.notes: dict[int, str] = {}  # by step
        self.roots: dict[object, int] = {}
        self.planned: dict[int, int] = {}
        self.reasons: dict[int, str] = {}
        self.unknown: dict[object, TensorV] = {}  # by the name of the unknown value
        self.encoder = Encoder(self.choices, self._layer, self._tensor)
        self.layers = LayerPlans(interp, self.encoder, allow_user_code)

    def plan(self, recipe: Recipe) -> Plan:
        for node in self._order(recipe):
            try:
                self._plan_node(node)
            except (Unplannable, Impossible) as error:
                self.reasons[id(node)] = str(error)  # an Input is made where it is needed
        last = self._call(recipe, _is_graph(recipe), "the call", None)
        self.steps.append(Step(last, None))
        return self._finished()

    # -- which calls, in which order -----------------------------------------------------

    def _order(self, recipe: Recipe) -> Iterator[Node]:
        """The calls that lead to it, in topological order."""
        done: set[int] = set()
        stack = [(node, False) for node in reversed(list(_sources(recipe)))]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
                continue
            if id(node) in done:
                continue
            done.add(id(node))
            if len(done) > MAX_STEPS:
                raise Unplannable(f"more than {MAX_STEPS} calls lead to it")
            if node.recipe is None:
                continue  # an Input, or a call that cannot be repeated
            stack.append((node, True))
            if not self._opaque(node.recipe):
                stack.extend((source, False) for source in reversed(list(_sources(node.recipe))))

    def _opaque(self, recipe: Recipe) -> bool:
        """Whether a call will not be repeated, so that nothing before it matters."""
        layer = recipe.subject
        if recipe.kind != "layer" or self.allow_user_code or not isinstance(layer, Instance):
            return False
        state = layer.state
        return not (state.inner or state.model) or find(layer.cls, "call") is not None

    # -- steps ---------------------------------------------------------------------------

    def _plan_node(self, node: Node) -> None:
        assert node.recipe is not None
        outputs = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
        graph = any(leaf.spec.kind is TensorKind.GRAPH for leaf in outputs)
        step = self._call(node.recipe, graph, node.label, outputs)
        self.planned[id(node)] = len(self.steps)
        self.steps.append(Step(step, node.site))

    def _call(
        self, recipe: Recipe, graph: bool, label: str, outputs: list[TensorV] | None
    ) -> dict[str, Plain]:
        """A call as data; the layers and tensors that it needs are planned by this."""
        if REST in recipe.keywords:
            raise Unplannable(f"not all arguments of {label} are known")
        layer = recipe.kind == "layer"
        inputs = [self._as_inputs(arg) if layer else arg for arg in recipe.args[:1]]
        args = [
            self.encoder.encode(arg, f"an argument of {label}")
            for arg in (*inputs, *recipe.args[1:])
        ]
        keywords = {}
        for name, value in recipe.keywords.items():
            try:
                keywords[name] = self.encoder.encode(value, f"`{name}` of {label}")
            except Unplannable:
                if name not in _LEFT_OUT or not (layer or recipe.kind == "construct"):
                    raise
        step: dict[str, Plain] = {
            "do": recipe.kind,
            "what": label,
            "world": "graph" if graph or self._from_a_graph([args, keywords]) else "keras",
            "args": args,
            "keywords": keywords,
            "shapes": [_told(leaf.spec) for leaf in outputs] if outputs is not None else None,
        }
        if layer:
            step["layer"] = self.layers.number(recipe.subject)
        elif recipe.kind == "attribute":
            assert isinstance(recipe.subject, tuple)
            step["base"], step["name"] = recipe.subject
        elif recipe.kind == "construct":
            step["name"] = _public_name(recipe.subject)
        elif recipe.kind in ("function", "name"):
            if not recipe.subject or not isinstance(recipe.subject, str):
                raise Unplannable(f"the full name of {label} is not known")
            path_of = keras_path if recipe.kind == "function" else spelled_path
            step["name"] = path_of(recipe.subject)
        else:
            step["name"] = recipe.subject
        return step

    def _from_a_graph(self, encoded: Plain) -> bool:
        """Whether tensors in a graph go into a call, so that its outputs are in the graph, too."""
        steps = (self.steps[number].data for number in _references(encoded, self.layers.entries))
        return any(step["do"] == "placeholder" or step.get("world") == "graph" for step in steps)

    def _as_inputs(self, value: Value) -> Value:
        """The inputs of a layer: tensors or nests of them, even if nothing else is known."""
        if isinstance(value, UnknownV):
            return self.unknown.setdefault(value.term, TensorV(TensorSpec()))
        if isinstance(value, (list, tuple)):
            return type(value)(self._as_inputs(item) for item in value)
        return value

    def _layer(self, layer: Value) -> int:
        return self.layers.number(layer)

    def _tensor(self, tensor: TensorV) -> Plain:
        """A reference to the step that makes a tensor, or to an Input that stands in."""
        node = tensor.node
        number = self.planned.get(id(node)) if node is not None else None
        if number is not None:
            return {"$": "tensor", "step": number, "index": tensor.index}
        if tensor.spec.kind in (TensorKind.ARRAY, TensorKind.EAGER):
            return array(tensor.spec)
        return folded(tensor) or {"$": "tensor", "step": self._root(tensor), "index": 0}

    def _root(self, tensor: TensorV) -> int:
        """The Input or placeholder for a tensor, the same each time."""
        node = tensor.node
        key: object = (id(node), tensor.index) if node is not None else id(tensor)
        if key not in self.roots:
            spec = tensor.spec
            shape, guessed = self.choices.dims(spec.shape, self.rank)
            self.open_rank = self.open_rank or isinstance(spec.shape, OpenShape)
            self.guessed = self.guessed or guessed
            graph = spec.kind is TensorKind.GRAPH
            self.roots[key] = len(self.steps)
            note = self._note(tensor, shape, guessed)
            if note and self.needs_the_graph:
                raise Unplannable(f"the whole graph is needed, and {note}")
            if note:
                self.notes[len(self.steps)] = note
            data: dict[str, Plain] = {
                "do": "placeholder" if graph else "input",
                "what": "Input",
                "shape": shape,
                "dtype": spec.dtype,
            }
            self.steps.append(Step(data, node.site if node is not None else None))
        return self.roots[key]

    def _note(self, tensor: TensorV, shape: list[int | None], guessed: bool) -> str:
        dims = format_shape(Shape(tuple(shape)))
        if guessed:
            return f"with an input of shape {dims}, chosen by us"
        node = tensor.node
        if node is None or Kind.INPUT in node.kind:
            return ""
        reason = self.reasons.get(id(node))
        why = f" ({reason})" if reason else ""
        return f"an Input of shape {dims} stood in for the output of {node.label}{why}"

    # -- the end -------------------------------------------------------------------------

    def _finished(self) -> Plan:
        """The plan: only the steps that the last one needs, renumbered."""
        layers = self.layers.entries
        seen: set[int] = set()
        stack = [len(self.steps) - 1]
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                data = self.steps[number].data
                stack.extend(_references(data, layers))
                if data["do"] == "layer":  # its first use made its weights
                    stack.extend(self._uses(data["layer"], number))
        needed = {old: position for position, old in enumerate(sorted(seen))}
        steps = tuple(
            Step(_renumbered(self.steps[old].data, needed), self.steps[old].site) for old in needed
        )
        assumed = [note for number, note in self.notes.items() if number in needed]
        if self.choices:
            assumed.append(f"with {self.choices.told}, chosen by us")
        return Plan(
            steps,
            tuple(_renumbered(entry, needed) for entry in layers),
            tuple(dict.fromkeys(assumed)),
            self.guessed or bool(self.choices),
            self.layers.user_code,
        )

    def _uses(self, layer: int, before: int) -> Iterator[int]:
        for number, step in enumerate(self.steps[:before]):
            if step.data.get("layer") == layer:
                yield number


# Arguments that decide no shape: left out if unknown.
_LEFT_OUT = frozenset({"training", "mask", "name", "dtype", "trainable", "weights"})


def _public_name(subject: Value) -> str:
    if not isinstance(subject, str):
        raise Unplannable("the program's own class")
    if subject in ("Model", "Input", "Sequential") or subject.startswith("applications."):
        return f"keras:{subject}"
    return f"keras:layers.{subject}"


def _sources(recipe: Recipe) -> Iterator[Node]:
    """The calls that a call needs: those that made its arguments, and its layer's first use."""
    values: list[Value] = [recipe.args, recipe.keywords]
    stack, seen = [recipe.subject], set()
    while stack:
        layer = stack.pop()
        if id(layer) in seen:
            continue
        seen.add(id(layer))
        if isinstance(layer, Instance) and layer.layer is not None:
            stack.extend((layer.layer.model, layer.layer.inner))
            yield from layer.layer.nodes[:1]
        elif isinstance(layer, SequentialV):
            stack.extend(layer.layers)
        elif isinstance(layer, ModelV):
            values += [layer.inputs, layer.outputs]
        elif hasattr(layer, "nodes") and recipe.kind == "layer":
            yield from layer.nodes[:1]
    for tensor in _tensors(values):
        if tensor.node is not None:
            yield tensor.node


def _tensors(value: Value) -> Iterator[TensorV]:
    """The tensors in a nest, including those in plain dicts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)
        return
    for leaf in leaves(value):
        if isinstance(leaf, TensorV):
            yield leaf


def _is_graph(recipe: Recipe) -> bool:
    """Whether a call is on TensorFlow's own tensors, inside ``call`` or a Lambda."""
    found = _tensors([recipe.args, recipe.keywords])
    return any(tensor.spec.kind is TensorKind.GRAPH for tensor in found)


def _told(spec: TensorSpec) -> list[Plain] | None:
    """The linter's shape, with "?" for a size that it does not know as a number."""
    if not isinstance(spec.shape, Shape):
        return None
    return [dim if dim is None or isinstance(dim, int) else "?" for dim in spec.shape.dims]


def _references(data: Plain, layers: list[Plain]) -> Iterator[int]:
    """The steps that plain data refers to, directly or through layers."""
    stack, seen = [data], set()
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(part)
        elif isinstance(part, dict):
            if part.get("$") == "tensor":
                yield part["step"]
            number = part.get("layer")
            if isinstance(number, int) and number not in seen:
                seen.add(number)
                stack.append(layers[number])
            for key in part.get("layers", ()) if part.get("kind") == "sequential" else ():
                if key not in seen:
                    seen.add(key)
                    stack.append(layers[key])
            stack.extend(value for key, value in part.items() if key != "layer")


def _renumbered(data: Plain, numbers: dict[int, int]) -> Plain:
    if isinstance(data, list):
        return [_renumbered(item, numbers) for item in data]
    if isinstance(data, dict):
        if data.get("$") == "tensor":
            return {**data, "step": numbers.get(data["step"], -1)}
        return {key: _renumbered(value, numbers) for key, value in data.items()}
    return data


def as_json(plan: Plan, lines: Callable[[Site | None], int | None]) -> dict[str, Plain]:
    """A plan for the child; ``lines`` maps a site to its line."""
    return {
        "steps": [{**step.data, "line": lines(step.site)} for step in plan.steps],
        "layers": list(plan.layers),
        "assumed": list(plan.assumed),
        "guessed": plan.guessed,
    }
