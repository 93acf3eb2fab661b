"""What TensorFlow says about a finding."""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass

_LONGEST = 200


class Confirmation(enum.Enum):
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A confirmation, and what it rests on.

    ``reason`` is a short explanation; ``exception`` and ``message`` are what TensorFlow raised;
    ``notes`` say what was assumed, and where shapes differed.
    """

    confirmation: Confirmation
    reason: str = ""
    exception: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """One line, to go with a finding.

        >>> Verdict(Confirmation.NOT_REACHED, "there is no network").text
        'not reached: there is no network'
        """
        if self.confirmation is Confirmation.CONFIRMED and self.exception:
            said = " ".join(self.message.split())
            cut = said if len(said) <= _LONGEST else said[: _LONGEST - 3] + "..."
            return f"confirmed: {self.exception}: {cut}" if cut else f"confirmed: {self.exception}"
        return (
            f"{self.confirmation.value}: {self.reason}" if self.reason else self.confirmation.value
        )


def not_reached(reason: str, *notes: str) -> Verdict:
    return Verdict(Confirmation.NOT_REACHED, reason, notes=notes)
