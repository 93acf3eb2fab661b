"""Repairs that put a layer around an operand: where operands stand, and how the layer is written there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.repairs.families.family import Candidate, Edit, Scene
from kerasmergelint.repairs.spelling import of_layer
from kerasmergelint.repairs.texts import Text
from kerasmergelint.repairs.trace import Dims

Sizes = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Wrap:
    """A layer with its arguments; without a layer, ``words`` are the whole expression around ``{}``.

    ``alike`` says how little is lost: 0 for nothing.
    """

    layer: str
    words: str
    cost: float = 0.0


# What makes a tensor of the first sizes one of the second; an operand that is alone has no second ones.
Wraps = Callable[[Sizes, Sizes | None], Iterator[Wrap]]


@dataclass(frozen=True, slots=True)
class Place:
    """An expression whose value goes into a call, and which operand it is if that is known."""

    text: Text
    node: ast.expr
    index: int | None


def around_operands(
    wraps: Wraps, *, in_calls: bool = True
) -> Callable[[Scene], Iterator[Candidate]]:
    """Candidates that wrap an operand of a finding.

    A layer with weights cannot be made anew at each call of another one: it is not for ``in_calls``.
    """

    def candidates(scene: Scene) -> Iterator[Candidate]:
        if scene.is_of_data or (not in_calls and _in_a_call(scene)):
            return
        known = [sizes(dims) for dims in scene.operands]
        for place in places(scene):
            indexes = range(len(known)) if place.index is None else (place.index,)
            for index in indexes:
                has = known[index] if index < len(known) else None
                if has is None:
                    continue
                others = [other for other in known if other is not None and other != has]
                for wants in dict.fromkeys(others) if len(known) > 1 else (None,):
                    for wrap in wraps(has, wants):
                        candidate = _wrapped(scene, place, wrap)
                        if candidate is not None:
                            yield candidate

    return candidates


def _in_a_call(scene: Scene) -> bool:
    """Whether the finding is in the code of one of the program's own layers."""
    return any(tensor.spec.kind is TensorKind.GRAPH for tensor in scene.record.operands)


def places(scene: Scene) -> Iterator[Place]:
    """The expressions of the operands of a finding; for a list that is filled elsewhere, those there."""
    text, node = scene.home, scene.expression
    if text is None or node is None:
        return
    if isinstance(node, ast.BinOp):
        yield Place(text, node.left, 0)
        yield Place(text, node.right, 1)
    if not isinstance(node, ast.Call):
        return
    given = [*node.args, *(k.value for k in node.keywords if k.arg in ("inputs", "values"))]
    if not given:
        return
    count = len(scene.operands)
    first = given[0]
    if isinstance(first, (ast.List, ast.Tuple)):
        exact = len(first.elts) == count and not _has_star(first.elts)
        for index, element in enumerate(first.elts):
            yield Place(text, element, index if exact else None)
        return
    if count == len(node.args) > 1:
        for index, argument in enumerate(node.args):
            yield Place(text, argument, index)
        return
    if count == 1:
        yield Place(text, first, 0)
    if isinstance(first, ast.Name):
        yield from _fillings(text, text.function_of(node), first.id)


def _has_star(elements: list[ast.expr]) -> bool:
    return any(isinstance(element, ast.Starred) for element in elements)


def _fillings(text: Text, function: ast.AST, name: str) -> Iterator[Place]:
    """What a list is filled with."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            if any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
                yield from (Place(text, element, None) for element in node.value.elts)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_list = isinstance(node.func.value, ast.Name) and node.func.value.id == name
            if is_list and node.func.attr == "append" and len(node.args) == 1:
                yield Place(text, node.args[0], None)


def _wrapped(scene: Scene, place: Place, wrap: Wrap) -> Candidate | None:
    text, node = place.text, place.node
    inner = text.words(node)
    imports: tuple[Edit, ...] = ()
    if wrap.layer:
        spelled = of_layer(text, wrap.layer)
        if spelled is None:
            return None
        imports = spelled.imports
        made = f"{spelled.words}({wrap.words})"
        words, told = f"{made}({inner})", f"{wrap.layer}({wrap.words})"
    else:
        words = told = wrap.words.format(inner)
    edit = Edit(text.path, text.start(node), text.end(node), words)
    short = inner if len(inner) < 40 and "\n" not in inner else "the operand"
    title = f"put {told} around {short} in {scene.place(edit)}"
    if not wrap.layer:
        title = f"use {told} instead of {short} in {scene.place(edit)}"
    cost = 1.7 + wrap.cost + 0.1 * len(imports) + 0.1 * scene.near(text, node)
    return Candidate(title, (edit, *imports), cost)


def sizes(dims: Dims | None) -> Sizes | None:
    """The dimensions that are numbers, None for all others; None for an unknown rank."""
    if dims is None:
        return None
    return tuple(dim if type(dim) is int else None for dim in dims)


def differing(has: Sizes, wants: Sizes) -> list[int]:
    """The axes at which two shapes of one rank differ, if all of them are known there."""
    return [axis for axis, (a, b) in enumerate(zip(has, wants)) if a != b]


def spatial(has: Sizes, wants: Sizes | None) -> list[tuple[int, int]] | None:
    """The sizes between the batch and the channels, in pairs; None if they are equal or unknown."""
    if wants is None or len(has) != len(wants) or not 3 <= len(has) <= 5:
        return None
    pairs: list[tuple[int, int]] = []
    for a, b in zip(has[1:-1], wants[1:-1]):
        if a is None or b is None:
            return None
        pairs.append((a, b))
    return pairs if any(a != b for a, b in pairs) else None
