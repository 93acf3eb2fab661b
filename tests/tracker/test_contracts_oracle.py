"""Contracts agree with TensorFlow: arguments that satisfy one build, others raise."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import Dim, Expr
from kerasmergelint.shapes.needs import met
from kerasmergelint.shapes.residues import substitute, symbols
from kerasmergelint.tracker.machine.facts import dim_of
from kerasmergelint.tracker.machine.paths import Decision
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.contracts.contract import Case, Contract, Ways
from kerasmergelint.tracker.program.report import Watch

FOLDER = Path(__file__).parent / "contracted"
MODULES = ("residuals", "decoders", "sequences", "products", "losses", "parts")
# Their functions are called on data: the first axis is one like the others.
OF_DATA = ("products", "losses", "parts")
DRAWS = 20
# Functions about which too little can be said for a contract: no others may be left open.
LEFT_OPEN: frozenset[str] = frozenset()


def contracts(module: str) -> list[Contract]:
    path = FOLDER / f"{module}.py"
    report = analyse(path.read_text(), str(path), Settings(), watch=Watch.CONTRACTS)
    assert report.errors == []
    return report.contracts


FOUND = {c.name: (module, c) for module in MODULES for c in contracts(module)}


@dataclass(frozen=True)
class Arguments:
    """Numbers for everything that a contract speaks of."""

    way: Ways
    sizes: Mapping[str, int]
    first: int

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(self.sizes[size] for size in sizes_of(name, self.way.ranks[name], self.first))

    def tensor(self, name: str) -> Any:
        import keras

        return keras.Input(self.shape(name)) if self.first else keras.ops.ones(self.shape(name))


def sizes_of(name: str, rank: int, first: int) -> list[str]:
    """What the sizes of a tensor are called, from the first axis on that has one."""
    return [f"{name}[{axis}]" for axis in (*range(first, rank - 1), -1)]


def value(dim: Dim, sizes: Mapping[str, int]) -> Dim:
    if not isinstance(dim, Expr):
        return dim
    return substitute(dim, {leaf: sizes[leaf.name] for leaf in symbols(dim) if leaf.name in sizes})


def holds(decision: Decision, sizes: Mapping[str, int]) -> bool:
    operator, left, right = decision.term
    a, b = value(dim_of(left), sizes), value(dim_of(right), sizes)
    assert isinstance(a, int) and isinstance(b, int), decision
    return (a < b if operator == "<" else a == b) is decision.choice


def satisfied(case: Case, sizes: Mapping[str, int]) -> bool:
    return not case.refused and all(met(need, sizes) for need in case.needs)


def expected(arguments: Arguments) -> bool:
    """Whether the contract says that this works."""
    (case,) = [
        case
        for case in arguments.way.cases
        if all(holds(decision, arguments.sizes) for decision in case.decisions)
    ]
    return satisfied(case, arguments.sizes)


def drawn(contract: Contract, parameters: list[str], first: int) -> Iterator[Arguments]:
    """Sizes that are related: half of the draws are to satisfy the contract, if any can be found."""
    draw = random.Random(f"{contract.name} 0")
    seen: list[Arguments] = []
    wanted = {True: DRAWS // 2, False: DRAWS - DRAWS // 2}
    for tried in range(3000):
        if tried == 2000:  # one of both can not be found: the other it is, then
            wanted = dict.fromkeys(wanted, sum(wanted.values()))
        if not any(wanted.values()):
            return
        way = draw.choice(contract.ways)
        base = draw.choice([1, 2, 3, 4, 6])
        pool = [
            base,
            base,
            2 * base,
            4 * base,
            2 * base + 1,
            2 * base + 4,
            8,
            16,
            1,
            draw.randint(1, 40),
        ]
        names = [n for name, rank in way.ranks.items() for n in sizes_of(name, rank, first)]
        sizes = {name: draw.choice(pool) for name in (*names, *parameters)}
        arguments = Arguments(way, sizes, first)
        answer = expected(arguments)
        if wanted[answer] and len(seen) < DRAWS:
            wanted[answer] -= 1
            seen.append(arguments)
            yield arguments


def builds(module: str, contract: Contract, arguments: Arguments) -> str | None:
    """What Keras raises; None if it builds."""

    subject: Any = import_module(f"tests.tracker.contracted.{module}")
    owner, _, method = contract.name.rpartition(".")
    names = contract.signature.strip("()").split(", ")
    given = [_argument(name.partition("=")[0], arguments) for name in names if "=" not in name]
    try:
        if method == "call":
            cls = getattr(subject, owner)
            import inspect

            units = [p for p in inspect.signature(cls).parameters.values() if p.default is p.empty]
            cls(*[arguments.sizes[p.name] for p in units])(*given)
        else:
            getattr(subject, contract.name)(*given)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def _argument(name: str, arguments: Arguments) -> Any:
    if name in arguments.way.ranks:
        return arguments.tensor(name)
    items = {n: int(n[len(name) + 1 : -1]) for n in arguments.way.ranks if n.startswith(f"{name}[")}
    if items:
        given: list[Any] = [None] * (1 + max(items.values()))
        for item, place in items.items():
            given[place] = arguments.tensor(item)
        return given
    return arguments.sizes[name]


def numbers(module: str, contract: Contract) -> list[str]:
    """The parameters that are numbers, those of a constructor included."""
    import inspect

    subject = import_module(f"tests.tracker.contracted.{module}")
    owner, _, method = contract.name.rpartition(".")
    functions = [getattr(subject, owner)] if method == "call" else [getattr(subject, contract.name)]
    tensors = {name.partition("[")[0] for way in contract.ways for name in way.ranks}
    return [
        p.name
        for function in functions
        for p in inspect.signature(function).parameters.values()
        if p.name not in tensors and p.default is p.empty
    ]


@pytest.mark.oracle
@pytest.mark.parametrize("name", sorted(FOUND))
def test_arguments_that_satisfy_it_build_and_others_raise(name: str) -> None:
    module, contract = FOUND[name]
    said = [case.unsaid for way in contract.ways for case in way.cases if not case.refused]
    assert any(said) is (name in LEFT_OPEN)
    wrong = []
    first = 0 if module in OF_DATA else 1
    for arguments in drawn(contract, numbers(module, contract), first):
        raised = builds(module, contract, arguments)
        if (raised is None) is not expected(arguments):
            wrong.append((dict(arguments.way.ranks), arguments.sizes, raised))
    assert wrong == [], contract.condition


def test_every_function_has_a_contract() -> None:
    assert len(FOUND) >= 60
