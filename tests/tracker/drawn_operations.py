"""Operations on numbers, text and collections, with operands drawn at random: many of them fail."""

from __future__ import annotations

from random import Random

_VALUES = (
    "0", "1", "2", "-1", "3", "-3", "5", "1.5", "2.0", "True", "None", "''", "'a'", "'b'", "'ab'",
    "(1, 2)", "[1]",
)  # fmt: skip
_HASHABLE = _VALUES[:-1]
_BOUNDS = ("", "0", "1", "-1", "2", "-3")
_STEPS = ("", "", ":2", ":-1", ":-2")

# {v}: any value; {k}: one that may be a key; {i}: an index; {s}: a slice.
_OPERATIONS = (
    # lists
    "xs.append({v})", "xs.extend([{v}, {v}])", "xs.insert({i}, {v})", "note(xs.pop({i}))",
    "xs.remove({v})", "note(xs.index({v}))", "note(xs.count({v}))", "xs.reverse()",
    "xs.sort(key=str)", "xs.sort(key=repr, reverse=True)", "note(xs[{i}])", "note(xs[{s}])",
    "xs[{s}] = [{v}]", "del xs[{s}]", "del xs[{i}]", "xs[{i}] = {v}", "xs += xs[:1]", "xs *= 2",
    "note({v} in xs)", "ys = xs; ys.append({v})", "ys = list(xs); ys.append({v})", "xs[0] += {v}",
    "note(xs < ys)", "note([x for x in xs if x == {v}])", "note(xs[-1:] + ys[:1])",
    # dicts
    "d[{k}] = {v}", "note(d.get({k}, {v}))", "note(d.setdefault({k}, {v}))", "note(d.pop({k}))",
    "note(d.pop({k}, {v}))", "note(d.popitem())", "d.update({{{k}: {v}}})", "del d[{k}]",
    "note({k} in d)", "d |= {{{k}: {v}}}", "note(d[{v}])", "note(max(d, key=str))",
    "note(dict([({k}, {v})]))", "note(sorted(d.keys() & {{{k}, 2}}, key=str))",
    "note({{v: k for k, v in d.items()}})", "d[{k}], xs[0] = {v}, {v}",
    # sets
    "s.add({k})", "s.discard({k})", "s.remove({k})", "note(s | {{{k}}})", "note(s & {{{k}, {k}}})",
    "s -= {{{k}}}", "s ^= {{{k}, {k}}}", "note(s <= {{1, 2, {k}}})", "note(len({{{k}, {k}}}))",
    "note(frozenset([{k}, {k}]) == {{{k}}})", "note(set({v}))",
    # operators
    "note({v} + {v})", "note({v} - {v})", "note({v} * {v})", "note({v} / {v})", "note({v} // {v})",
    "note({v} % {v})", "note({v} ** {i})", "note({v} @ {v})", "note({v} & {v})", "note({v} | {v})",
    "note({v} << {i})", "note(-{v})", "note(~{v})", "note(not {v})", "note({v} and {v} or {v})",
    "note({v} == {v})", "note({v} != {v})", "note({v} < {v})", "note({v} <= {v} < {v})",
    "note({v} in {v})", "note({v} not in ({v}, {v}))", "note({v} is None)", "note({v}[{i}])",
    "note({v}[{s}])", "note({v} if {v} else {v})", "a, b = {v}; note((a, b))",
    "a, *b = {v}; note((a, b))", "note([*{v}, {v}])",
    # functions
    "note(abs({v}))", "note(any({v}))", "note(all({v}))", "note(bool({v}))", "note(chr({v}))",
    "note(divmod({v}, {v}))", "note(enumerate({v}).__next__())", "note(float({v}))",
    "note(hash({k}) == hash({k}))", "note(int({v}))", "note(isinstance({v}, (int, str)))",
    "note(len({v}))", "note(list({v}))", "note(list(filter(None, {v})))",
    "note(list(map(str, {v})))", "note(list(range({i}, {i})))", "note(list(reversed({v})))",
    "note(list(zip({v}, {v})))", "note(max([{v}, {v}, {v}]))", "note(min({v}, {v}))",
    "note(next(iter({v}), {v}))", "note(ord({v}))", "note(pow({v}, {v}))", "note(repr({v}))",
    "note(round({v}))", "note(slice({i}, {i}).indices(5))", "note(sorted([{v}, {v}, {v}]))",
    "note(str({v}))", "note(sum([{v}, {v}]))", "note(tuple({v}))", "note(type({v}).__name__)",
    # text
    'note(f"{{ {v}!r:>6}}")', "note('%s|%r' % ({v}, {v}))", "note('{{}}-{{}}'.format({v}, {v}))",
    "note('a,b'.split({v}))", "note('ab'.join({v}))", "note('abab'.replace({v}, {v}))",
    "note('abc'.find({v}))", "note('abab'.count({v}))", "note('x'.center({v}))",
    "note(({v}).upper())", "note(({v}).index({v}))", "note(({v}).__len__())",
)  # fmt: skip

_PROGRAM = """
log = []
def note(what):
    log.append(type(what)(what) if isinstance(what, (list, dict, set)) else what)
xs, ys, d, s = [3, 1, 2], [4], {{"a": 1, 2: "b"}}, {{1, 2}}
for _ in "x":
    try:
        {statement}
    except Exception as error:
        note(type(error).__name__)
result = log, xs, ys, d, s
"""


def statements(count: int) -> list[str]:
    """So many statements, none of them twice."""
    random = Random(1)
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[_filled(random, random.choice(_OPERATIONS))] = None
    return list(drawn)


def _filled(random: Random, template: str) -> str:
    """The template with an operand of its own in every place."""
    marked = template.replace("{{", "\0").replace("}}", "\1")
    for mark in ("{v}", "{k}", "{i}", "{s}"):
        while mark in marked:
            marked = marked.replace(mark, _operand(random, mark), 1)
    return marked.replace("\0", "{").replace("\1", "}")


def _operand(random: Random, mark: str) -> str:
    if mark == "{s}":
        return f"{random.choice(_BOUNDS)}:{random.choice(_BOUNDS)}{random.choice(_STEPS)}"
    if mark == "{i}":
        return random.choice(("0", "1", "-1", "2", "-2", "5"))
    return random.choice(_HASHABLE if mark == "{k}" else _VALUES)


def program(statement: str) -> str:
    """A program that tries the statement, and shows all that it changed."""
    return _PROGRAM.format(statement=statement)
