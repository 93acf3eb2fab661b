"""The type of a term, by the tests on a path."""

from __future__ import annotations

# No value is of two of these, except that a bool is an int.
_APART = frozenset(
    {"bool", "int", "float", "complex", "str", "bytes", "list", "tuple", "dict", "set", "NoneType"}
)


def names_of(classes: str) -> frozenset[str]:
    """The classes of an ``isinstance`` question, ``list,tuple``."""
    return frozenset(classes.split(","))


def implied(asked: frozenset[str], known: frozenset[str], *, answer: bool) -> bool | None:
    """Whether a term is of the types ``asked``, given that it is (not) of the types ``known``.

    >>> implied(frozenset({"int"}), frozenset({"list", "tuple"}), answer=True)
    False
    """
    if not answer:
        return False if asked <= known else None
    if known <= asked:
        return True
    if asked | known <= _APART and not _overlap(asked, known):
        return False
    return None


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(
        "bool" in first and "int" in second for first, second in ((one, other), (other, one))
    )


def excludes_none(classes: frozenset[str]) -> bool:
    """Whether None is of none of these types, by their names."""
    return not classes & {"NoneType", "type(None)", "object", "?"}
