"""What is in progress while code runs: calls, and the ``try`` statements around them."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.exceptions import covers
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import Args, Keywords, Value


@dataclass(slots=True)
class Frame:
    """A function call (or module or class body) in progress.

    ``fields`` are the annotated names of a class body, with their defaults; ``in_graph``: this is the body
    of a ``tf.function``; ``given`` are the arguments of a call,
    and ``choices`` how many had been made until then.
    """

    scope: Scope
    module: ModuleV
    name: str
    code: ir.FunctionCode | None = None
    owner: ClassV | None = None
    receiver: Value = None
    called_from: Site | None = None
    generator: GeneratorV | None = None
    fields: list[tuple[str, Value]] | None = None
    in_graph: bool = False
    given: tuple[Args, Keywords] = ([], {})
    choices: int = 0


@dataclass(slots=True, eq=False)
class Handlers:
    """The classes of exceptions that an active ``try`` catches; None if it may catch everything."""

    classes: tuple[Value, ...] | None

    def may_catch(self, exception: Value) -> bool:
        """Whether the exception may be caught here."""
        return self.classes is None or covers(self.classes, exception) is not False
