"""One run of one path, and how it ended."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.hazards import joins, zips
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.exceptions import Raised, is_mistake
from kerasmergelint.tracker.values.signals import OutOfBudget

if TYPE_CHECKING:
    from kerasmergelint.tracker.program.typed import TypeNeed


class End(enum.Enum):
    """How a run ended."""

    RETURNED = "it went through"
    RAISED = "the program raises"
    CUT = "the budget was used up"
    TOO_DEEP = "the machine gave up: another one may not"
    FAILED = "a bug of ours left something out"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a run found out; ``types`` if it supposes what parameters are."""

    outputs: Outputs
    end: End
    types: tuple[TypeNeed, ...] = ()


def attempt(interp: Interpreter, path: Path, body: Callable[[Outputs], None]) -> Attempt:
    """Run a body on a path, and restore the heap afterwards."""
    outputs = Outputs()
    interp.begin(path, outputs)
    try:
        with aside.undone(interp):
            body(outputs)
            zips.conclude(outputs)
            joins.conclude(outputs)
    except Raised as raised:
        outputs.failed = is_mistake(raised.exception)
        return Attempt(outputs, End.FAILED if outputs.cut else End.RAISED)
    except OutOfBudget:
        return Attempt(outputs, End.CUT)
    except (RecursionError, MemoryError):
        return Attempt(outputs, End.TOO_DEEP)
    except Exception as error:
        interp.bugs.add(error)
        return Attempt(outputs, End.FAILED)
    return Attempt(outputs, End.FAILED if outputs.cut else End.RETURNED)
