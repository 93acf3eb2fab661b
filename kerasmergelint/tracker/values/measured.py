"""What training gives: the history of ``fit``, the numbers of ``evaluate``."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.values.terms import Term, make
from kerasmergelint.tracker.values.value import Value

MORE = "more in a history than what was measured"  # noted, with what was measured
EVALUATED = "what `evaluate` gives"  # the reason why its numbers are unknown


@dataclass(frozen=True, slots=True)
class Measured:
    """What an epoch measures: ``names``, and those that Keras makes of ``stems``, with a number or not.

    ``validated``: each of them also of the validation data, beginning with ``val_``.
    """

    names: frozenset[str]
    stems: tuple[str, ...] = ()
    validated: bool = False

    def lacks(self, key: str) -> bool:
        """Whether there is certainly nothing of this name.

        >>> Measured(frozenset({"loss", "accuracy"})).lacks("val_loss")
        True
        >>> Measured(frozenset({"loss"}), ("auc",), True).lacks("val_auc_1")
        False
        """
        if key in self.names:
            return False
        if key.startswith("val_"):
            return not self.validated or self.lacks(key[4:])
        return not key.startswith(self.stems)


@dataclass(frozen=True, slots=True)
class HistoryV:
    """What ``fit`` gives; None if it is not known what is measured."""

    measured: Measured | None


@dataclass(frozen=True, slots=True)
class RecordsV:
    """``history.history``: a list for each of what is measured."""

    measured: Measured


@dataclass(frozen=True, slots=True)
class LogsV:
    """A dict with a number for each of what is measured: the ``logs`` of callbacks, the scores by name."""

    measured: Measured


@dataclass(frozen=True, slots=True)
class CallbackV:
    """A callback that Keras ships, by the name of its class.

    ``functions`` are those of the program that it calls, by the argument that they were given as;
    ``file_name`` is what it makes names of after each epoch, filled with what was measured.
    """

    name: str
    functions: tuple[tuple[str, Value], ...] = ()
    file_name: str | None = None


def measured(key: str) -> Term:
    """The list of what was measured under a name in each epoch, as a term."""
    return make("measured", key)


def is_measured(term: Term) -> bool:
    """Whether this is such a list, and not an item of it."""
    return isinstance(term, tuple) and term[0] == "measured"
