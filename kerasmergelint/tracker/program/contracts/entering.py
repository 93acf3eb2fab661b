"""Enters a function or method with tensors whose sizes have names, and reads off its contract."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes.wording import conjunction
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.program import blind
from kerasmergelint.tracker.program.allowance import (
    CHARACTERS_A_STEP,
    STEPS_FOR_CONTRACTS,
    STEPS_FOR_VERDICTS,
)
from kerasmergelint.tracker.program.contracts.contract import Contract, ways_of
from kerasmergelint.tracker.program.contracts.supposing import (
    Body,
    Laboratory,
    Trials,
    learn,
    names_of,
    suppositions,
)
from kerasmergelint.tracker.program.contracts.uses import Uses
from kerasmergelint.tracker.program.contracts.verdicts import verdicts
from kerasmergelint.tracker.program.merge_keys import MergeKey, key_of
from kerasmergelint.tracker.program.second_look import deciding
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import FunctionV
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import Term


@dataclass(frozen=True, slots=True)
class Found:
    """The contract of an entry, and the verdicts on its merges; no contract if only lists have tensors."""

    site: Site
    contract: Contract | None
    verdicts: Mapping[MergeKey, Merge]
    defaults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the parameters turned out to be, and the runs that suppose it."""

    uses: Uses
    names: Mapping[Term, str]
    plain: Trials
    unrolled: Trials

    @property
    def verdicts(self) -> Mapping[MergeKey, Merge]:
        """The verdicts; those that a loop leaves open hold for a certain number of its rounds."""
        found = verdicts(self.plain, self.uses, self.names)
        if self.unrolled.tried:
            words = self.unrolled.tried[0].supposed.rounds_in_words(self.uses, self.names)
            for key, merge in verdicts(self.unrolled, self.uses, self.names).items():
                if key not in found or found[key].verdict is Verdict.UNKNOWN is not merge.verdict:
                    found[key] = _with_defaults(replace(merge, stated=""), words)
        return found


_SHARES: Final = 2  # of what is left, one is for the next entry


@dataclass(slots=True)
class Contracts:
    """The contracts of one file; they share a budget.

    Another budget is for runs that only verdicts need: findings do not depend on them.
    """

    interp: Interpreter
    budget: Budget = field(default_factory=lambda: Budget(STEPS_FOR_CONTRACTS))
    found: list[Found] = field(default_factory=list)
    for_runs: Budget = field(default_factory=lambda: Budget(STEPS_FOR_VERDICTS))

    @classmethod
    def of_file(cls, interp: Interpreter, characters: int) -> Contracts:
        """The contracts of a file of this length: reading a long one takes time as well, and leaves less."""
        spent = characters // CHARACTERS_A_STEP

        def left(steps: int) -> Budget:
            return Budget(max(steps - spent, steps // 10))

        return cls(interp, left(STEPS_FOR_CONTRACTS), for_runs=left(STEPS_FOR_VERDICTS))

    def beyond(self, run: Callable[[], Outputs]) -> Outputs | None:
        """A run that the budget of the file does not pay for; None if there is nothing left."""
        interp = self.interp
        if self.for_runs.left <= 0:
            return None
        with aside.paid_from(interp, self.for_runs):
            return run()

    def of(self, entry: blind.Entry, body: Body, module: ModuleV) -> Found | None:
        """The contract of an entry; ``body`` runs it.  None if no parameter is a tensor."""
        looked = self._look(entry, body)
        if looked is None:
            return None
        ways = tuple(ways_of(one, looked.names) for one in looked.plain.tried)
        site = Site(module, entry.function.code)
        contract = None
        if looked.uses.ranks.keys() - looked.uses.listed:
            contract = Contract(_name(entry), _signature(entry), site, ways)
        found = Found(site, contract, looked.verdicts, _defaults(entry))
        self.found.append(found)
        return found

    def verdicts_of(
        self, entry: blind.Entry, body: Body, merges: Collection[MergeKey]
    ) -> Mapping[MergeKey, Merge]:
        """The verdicts on the merges that ``body`` meets, whether or not a parameter is a tensor.

        Operands of the operators among the ``merges`` are.
        """
        looked = self._look(entry, body, merges)
        return {} if looked is None else looked.verdicts

    def _look(
        self, entry: blind.Entry, body: Body, merges: Collection[MergeKey] | None = None
    ) -> _Looked | None:
        if self.budget.left <= 0:
            return None
        # A long function leaves something for the short ones behind it.
        with aside.share_of(self.budget, _SHARES) as budget:
            return self._looked(entry, body, Laboratory(self.interp, budget), merges)

    def _looked(
        self,
        entry: blind.Entry,
        body: Body,
        laboratory: Laboratory,
        merges: Collection[MergeKey] | None,
    ) -> _Looked | None:
        kind = TensorKind.ANY if entry.cls is None else TensorKind.GRAPH
        parameters = _parameters(self.interp, entry)
        uses = learn(laboratory, body, parameters, kind, merges or ())
        if merges is None and not uses.ranks:
            return None
        uses.numbers |= _annotated_as_numbers(entry)
        names = names_of(uses, parameters)

        def tried(*, rounds: bool) -> Trials:
            supposed = suppositions(uses, kind, rounds=rounds)
            return laboratory.try_each(body, supposed, uses, names)

        plain = tried(rounds=False)  # first, since it tells more: the budget may not last for both
        unrolled = tried(rounds=True) if uses.counts or uses.lists else Trials()
        return _Looked(uses, names, plain, unrolled)

    def judge(self, merges: dict[MergeKey, Merge]) -> None:
        """Where no caller tells more about a function, its own contract says what its merges need."""
        for _, merge in self.general():
            key = key_of(merge)
            before = merges.get(key)
            if before is not None and before.verdict is Verdict.UNKNOWN is not merge.verdict:
                merges[key] = merge

    def general(self) -> Iterator[tuple[Site, Merge]]:
        """What the contract of each function says about the merges that it leads to, for any caller."""
        for found in reversed(self.found):
            for merge in found.verdicts.values():
                yield found.site, _with_defaults(merge, found.defaults)


def _parameters(interp: Interpreter, entry: blind.Entry) -> Sequence[Term]:
    """The terms of all parameters that a caller may choose, those of functions inside it included."""
    given = [
        blind.term_of(f.name, parameter)
        for f in _functions(entry)
        for parameter in f.code.parameters
    ]
    inner = (node for node in walk(entry.function.code.body) if isinstance(node, ir.FunctionDef))
    if entry.cls is not None:
        given += blind.terms_of_base(interp, entry.cls)
    return given + [blind.term_of(f.name, p) for f in inner for p in f.code.parameters]


def _functions(entry: blind.Entry) -> list[FunctionV]:
    """The function, and the constructor of its class."""
    constructor = None if entry.cls is None else find(entry.cls, "__init__")
    made = None if constructor is None else constructor[1]
    return [entry.function, *([made] if isinstance(made, FunctionV) else [])]


def _annotated_as_numbers(entry: blind.Entry) -> set[str]:
    return {
        parameter.name
        for function in _functions(entry)
        for parameter in function.code.parameters
        if isinstance(parameter.annotation, ir.Name) and parameter.annotation.id == "int"
    }


def _name(entry: blind.Entry) -> str:
    return entry.function.name if entry.cls is None else f"{entry.cls.name}.{entry.function.name}"


def for_any_caller(merge: Merge, entry: blind.Entry) -> Merge:
    """The verdict for any caller on a merge that was met with the defaults of an entry."""
    return _with_defaults(merge, _defaults(entry))


def defaults_in_words(entry: blind.Entry) -> str:
    """Which defaults the verdicts on an entry hold for; empty if no shape depends on any."""
    return f"with the defaults of {_name(entry)}" if _defaults(entry) else ""


def _with_defaults(merge: Merge, defaults: tuple[str, ...]) -> Merge:
    """The verdict for any caller: the defaults that were assumed become conditions."""
    is_open = merge.verdict is Verdict.UNKNOWN
    if (is_open and not merge.stated) or not defaults:
        return merge
    if len(defaults) > _MOST_DEFAULTS:
        return replace(merge, verdict=Verdict.UNKNOWN, reason=_DEFAULTS, needs=(), stated="")
    own = merge.stated or (merge.reason if merge.verdict is Verdict.CONDITIONAL else "")
    told = conjunction([*defaults, *([own] if own else [])])
    if is_open:
        return replace(merge, needs=(), stated=told)
    return replace(merge, verdict=Verdict.CONDITIONAL, reason=told, needs=())


_MOST_DEFAULTS = 10
_DEFAULTS = "it is known for the defaults of its function only"


def _defaults(entry: blind.Entry) -> tuple[str, ...]:
    """As conditions: plain defaults, and None where it decides a branch; names say nothing about shapes."""
    asked = deciding(entry.function.code.body)
    told = (
        f"{name} = {default!r}"
        for function in _functions(entry)
        for name, default in function.defaults.items()
        if (type(default) in (bool, int, float, str) and not _is_name(name))
        or (default is None and name in asked)
    )
    return tuple(dict.fromkeys(told))


def _is_name(parameter: str) -> bool:
    return "name" in parameter or "prefix" in parameter


def _signature(entry: blind.Entry) -> str:
    """The parameters, with the plain defaults that the contract holds for."""
    told = []
    skip = 0 if entry.cls is None else 1
    for parameter in entry.function.code.parameters[skip:]:
        default = entry.function.defaults.get(parameter.name)
        plain = type(default) in (bool, int, float, str)
        told.append(f"{parameter.name}={default!r}" if plain else parameter.name)
    return f"({', '.join(told)})"
