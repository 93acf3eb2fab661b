"""Repeating a chain of calls, from ``Input`` on, to see what Keras says about the last one.

The plan is plain data, made by ``runtime/plan.py``.  It has no code, except for the program's own
layer classes if the user allows them.
"""

from __future__ import annotations

import operator
import traceback
from collections.abc import Callable
from typing import Any

from . import classes, kerases, tensors
from .plain import Json

Plan = Json


class CannotRepeat(Exception):
    """The plan cannot be followed here; the message says why."""


class Step(Exception):
    """A call before the one in question raised."""

    def __init__(self, line: object, what: str, error: BaseException) -> None:
        super().__init__(what)
        self.line, self.what, self.error = line, what, error


def run(item: Json) -> Json:
    """Try the variants of a plan until one gets as far as the call in question."""
    result: Json = {"state": "not reached", "reason": "nothing to try"}
    for plan in item["variants"]:
        result = _attempt(plan)
        result["assumed"], result["guessed"] = plan["assumed"], plan["guessed"]
        if result["state"] == "raised" or (result["state"] == "built" and not plan["guessed"]):
            break
    return result


def _attempt(plan: Plan) -> Json:
    replay = _Replay(plan)
    try:
        call = replay.up_to_the_last()
    except CannotRepeat as error:
        return {"state": "not reached", "reason": str(error)}
    except Step as step:
        return {
            "state": "not reached",
            "reason": f"{step.what} raised earlier: {describe(step.error)}",
            "line": step.line,
        }
    try:
        made = call()
    except CannotRepeat as error:
        return {"state": "not reached", "reason": str(error)}
    except Exception as error:
        return {
            "state": "raised",
            "exception": type(error).__name__,
            "family": [base.__name__ for base in type(error).__mro__],
            "message": message_of(error),
            "in_keras": _passed_through_keras(error),
            "operands": replay.operands,
            "differs": replay.differs,
        }
    return {
        "state": "built",
        "output": tensors.describe(made),
        "operands": replay.operands,
        "differs": replay.differs,
    }


def describe(error: BaseException) -> str:
    return f"{type(error).__name__}: {message_of(error)}"


def message_of(error: BaseException) -> str:
    """The message of an exception, without colours, and not too long."""
    try:
        text = str(error)
    except Exception:  # the program's own class
        text = ""
    return tensors.plain(text)[:2000]


def _passed_through_keras(error: BaseException) -> bool:
    """Whether Keras or TensorFlow raised it, rather than this module."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(kerases.owns(frame.filename) for frame in frames)


class _Replay:
    """The state of one attempt: the layers and tensors made so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.layers: dict[int, Any] = {}
        self.results: dict[int, list[Any]] = {}
        self.scratch = tensors.Scratch()
        self.operands: list[Any] = []
        self.differs: str = ""

    def up_to_the_last(self) -> Callable[[], Any]:
        """Make every call but the last; returns that one, ready to be made."""
        *before, last = self.plan["steps"]
        for number, step in enumerate(before):
            try:
                made = self._call(step)()
            except CannotRepeat:
                raise
            except Exception as error:
                raise Step(step.get("line"), step["what"], error) from error
            self.results[number] = tensors.leaves(made)
            self._compare(step, self.results[number])
        try:
            call = self._call(last)
        except CannotRepeat:
            raise
        except Exception as error:
            if last["do"] == "construct":
                raise
            raise Step(last.get("line"), "creating the layer", error) from error
        return call

    def _compare(self, step: Json, made: list[Any]) -> None:
        """Remember the first place where the shapes differ from the linter's."""
        if self.differs or not step.get("shapes"):
            return
        for expected, tensor in zip(step["shapes"], made):
            real = tensors.shape_of(tensor)
            if expected is None or real is None:
                continue
            same = len(expected) == len(real) and all(
                a == "?" or a == b for a, b in zip(expected, real)
            )
            if not same:
                where = f" at line {step['line']}" if step.get("line") else ""
                told = tuple(expected)
                self.differs = f"{step['what']}{where} gave {tuple(real)}, the linter says {told}"
                return

    def _call(self, step: Json) -> Callable[[], Any]:
        """One step as a function to call, with its arguments prepared."""
        kind = step["do"]
        if kind == "input":
            return lambda: tensors.make_input(step["shape"], step["dtype"])
        if kind == "placeholder":
            return lambda: self.scratch.placeholder(step["shape"], step["dtype"])
        graph = step["world"] == "graph"
        args = [self._decode(value, graph) for value in step["args"]]
        keywords = {name: self._decode(value, graph) for name, value in step["keywords"].items()}
        self.operands = tensors.describe([args, keywords])
        function = self._function(step, args)
        if kind in ("operator", "item"):
            args, keywords = [], {}
        if graph:
            return lambda: self.scratch.call(function, args, keywords)
        return lambda: function(*args, **keywords)

    def _function(self, step: Json, args: list[Any]) -> Callable[..., Any]:
        kind = step["do"]
        if kind == "layer":
            layer: Callable[..., Any] = self._layer(step["layer"])
            return layer
        if kind == "operator":
            return lambda: _operate(step["name"], args)
        if kind == "item":
            return lambda: args[0][args[1]]
        if kind == "attribute":
            return lambda *values, **_: _set_attribute(step["base"], step["name"], values)
        try:
            found: Callable[..., Any] = kerases.find(step["name"])
        except AttributeError as error:
            if kind == "name":
                return lambda: kerases.find(step["name"])
            raise CannotRepeat(f"there is no {step['name'].partition(':')[2]} here") from error
        if kind == "name":
            return lambda: found
        return found

    def _layer(self, number: int) -> Any:
        if number not in self.layers:
            self.layers[number] = self._make_layer(self.plan["layers"][number])
        return self.layers[number]

    def _make_layer(self, entry: Json) -> Any:
        keras = kerases.keras()
        kind = entry["kind"]
        if kind == "sequential":
            made = keras.Sequential()
            if entry["input"] is not None:
                shape, dtype = entry["input"]
                made.add(tensors.input_layer(shape, dtype))
            for number in entry["layers"]:
                made.add(self._layer(number))
            return made
        if kind == "model":
            inputs, outputs = (
                self._decode(entry["inputs"], False),
                self._decode(entry["outputs"], False),
            )
            return keras.Model(inputs, outputs)
        config = {name: self._decode(value, False) for name, value in entry["config"].items()}
        if kind == "custom":
            args = [self._decode(value, False) for value in entry["args"]]
            return classes.load(entry["file"], entry["class"], entry["paths"])(*args, **config)
        try:
            cls = kerases.find(f"keras:{entry['class']}")
        except AttributeError as error:
            raise CannotRepeat(f"there is no {entry['class']} here") from error
        return cls(**config)

    def _decode(self, value: object, graph: bool) -> Any:
        """A value of the plan as a Python value; in a graph, symbolic tensors become placeholders."""
        if not isinstance(value, dict):
            return value
        kind = value["$"]
        if kind == "tensor":
            return self._tensor(value, graph)
        if kind == "layer":
            return self._layer(value["layer"])
        if kind in ("list", "tuple"):
            items = [self._decode(item, graph) for item in value["items"]]
            return tuple(items) if kind == "tuple" else items
        if kind == "dict":
            return {
                self._decode(key, graph): self._decode(item, graph) for key, item in value["items"]
            }
        if kind == "slice":
            return slice(*(self._decode(part, graph) for part in value["parts"]))
        if kind == "name":
            try:
                return kerases.find(value["name"])
            except AttributeError as error:
                raise CannotRepeat(f"there is no {value['name']} here") from error
        return tensors.constant(value) if kind == "array" else _special(value)

    def _tensor(self, value: Json, graph: bool) -> Any:
        made = self.results[value["step"]]
        if value["index"] >= len(made):
            raise CannotRepeat(
                f"{self.plan['steps'][value['step']]['what']} returned fewer tensors"
            )
        tensor = made[value["index"]]
        return self.scratch.inside(tensor) if graph else tensor


def _special(value: Json) -> Any:
    return {"ellipsis": ..., "nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[
        value["$"]
    ]


_BINARY = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow, "@": operator.matmul,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
    "!=": operator.ne, "&": operator.and_, "|": operator.or_, "^": operator.xor,
}  # fmt: skip
_UNARY = {"-": operator.neg, "+": operator.pos, "~": operator.invert, "abs": abs}


def _operate(symbol: str, operands: list[Any]) -> Any:
    table: Any = _UNARY if len(operands) == 1 else _BINARY
    if symbol not in table:
        raise CannotRepeat(f"the operator {symbol} is not replayed")
    return table[symbol](*operands)


def _set_attribute(base: str, name: str, values: Any) -> Any:
    """Set an attribute in the constructor of a class with the same base as the program's."""
    parent = getattr(kerases.keras(), base, None) or getattr(kerases.keras().layers, base)

    class Own(parent):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            setattr(self, name, values[0] if values else 1)

    return Own()
