"""What holds with every backend of Keras: the rules are those of TensorFlow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.version import CHOOSES_BACKEND

_IMPORTS_ANOTHER = regex(r"^[ \t\f]*(?:import|from)[ \t]+(?:jax|torch)\b", re.MULTILINE)


def certain_in_backend(events: Iterable[Event], text_of: Callable[[str], str]) -> list[Event]:
    """The events that are certain whichever backend their files choose; ``text_of`` gives a file's text.

    JAX and the others promote where TensorFlow refuses to mix types; their tensors have methods of arrays,
    and models of PyTorch those of its modules.
    """
    return [
        event for event in events if not (_is_of_tensorflow(event) and _has_another(event, text_of))
    ]


def certain_in_project(
    events: list[Event],
    programs: Callable[[], Iterable[tuple[str, str]]],
    text_of: Callable[[str], str],
) -> list[Event]:
    """The events that remain whatever the other programs of the project choose.

    One may have switched NumPy's behaviour on; and a file that names Keras alone runs with the backend of
    whoever imports it.
    """
    if not any(map(_is_of_tensorflow, events)):
        return events
    texts = [text for _, text in programs()]
    if any(_SWITCHES_NUMPY_ON in text for text in texts):
        return [event for event in events if not _is_of_tensorflow(event)]
    if any(map(_has_other_backends, texts)):
        return [e for e in events if not _is_of_tensorflow(e) or _names_tensorflow(e, text_of)]
    return events


_SWITCHES_NUMPY_ON = "enable_numpy_behavior("
_ASKS_FOR_ANOTHER = regex(
    r"backend\(\)\s*(?:[!=]=|(?:not\s+)?in\s*[\[({])\s*['\"](?:jax|torch|numpy|openvino)",
    words=("backend()",),
)
_IMPORTS_JAX = regex(r"^[ \t\f]*(?:import|from)[ \t]+jax\b", re.MULTILINE, words=("jax",))


def _has_other_backends(text: str) -> bool:
    """Whether a program of Keras is for JAX, or for several backends."""
    if "keras" not in text:
        return False
    patterns = (CHOOSES_BACKEND, _ASKS_FOR_ANOTHER, _IMPORTS_JAX)
    return any(pattern.search(text) for pattern in patterns)


def _names_tensorflow(event: Event, text_of: Callable[[str], str]) -> bool:
    return "tensorflow" in text_of(event.site.module.path)


def _is_of_tensorflow(event: Event) -> bool:
    problem = event.problem
    if not isinstance(problem, Problem):
        return False
    if problem.cause in (Plain.OF_TENSORFLOW, Plain.MIXED_TYPES):
        return True
    return problem.kind is ProblemKind.OPERATION and problem.exception == "TypeError"


def _has_another(event: Event, text_of: Callable[[str], str]) -> bool:
    texts = map(text_of, {site.module.path for site in (event.site, *event.stack)})
    return any(CHOOSES_BACKEND.search(text) or _IMPORTS_ANOTHER.search(text) for text in texts)
