"""What the phases of an analysis may spend: the only place that says how long a file may take.

All of it is counted in steps, so that results are the same on every machine.  A step is a statement, a
call or a pass of a loop: 4 to 10 microseconds.  Together, and with the time to read the file, they are
what ``docs/safety.md`` promises.
"""

from __future__ import annotations

from typing import Final

STEPS_OF_A_FILE: Final = 70_000
STEPS_OF_A_SUMMARY: Final = 4_000_000

# Of the steps of a file, default paths may use all; the other paths of all entries share these.
STEPS_OF_OTHER_PATHS: Final = 10_000

# Besides, for all entries of a file together.  A witness takes a second run, perhaps as long as the first.
STEPS_FOR_WITNESSES: Final = STEPS_OF_A_FILE + 10_000
STEPS_FOR_CONTRACTS: Final = 70_000
STEPS_FOR_VERDICTS: Final = 60_000

# The list of all merges takes time, too, and in a long file leaves less for their verdicts.
CHARACTERS_A_STEP: Final = 4

# Ways to force a failure are looked for at every question on the way to it.
QUESTIONS_ABOUT_FAILURES: Final = 50_000
