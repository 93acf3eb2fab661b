"""Lists, tuples, dicts and sets."""

SNIPPETS = {
    "list methods": """
xs = [3, 1]
xs.append(2); xs.extend((5, 4)); xs.insert(1, 9); xs.insert(-1, 8); xs.insert(99, 7)
popped = xs.pop(), xs.pop(0), xs.pop(-2)
xs.remove(5)
result = xs, popped, xs.index(8), xs.count(9), xs.copy() is xs
""",
    "remove and index take the first": """
xs = [1, 2, 1, 3, 1]
xs.remove(1)
result = xs, xs.index(1), xs.index(1, 2), xs.count(1)
""",
    "remove of what is not there": """
[1].remove(2)
""",
    "index of what is not there": """
[1].index(2)
""",
    "pop of nothing": """
[].pop()
""",
    "reverse and sort in place": """
xs = [3, 1, 2]
a = xs.sort()
b = xs.reverse()
result = xs, a, b
""",
    "sort is stable, with key and reverse": """
words = ["bb", "a", "cc", "d", "eee"]
result = (
    sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, reverse=True),
    sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda p: p[0]), sorted("bca"), sorted({"y": 1, "x": 2}),
)
""",
    "sort with a key in place": """
pairs = [("a", 3), ("b", 1), ("c", 2)]
pairs.sort(key=lambda p: -p[1])
result = pairs
""",
    "sorting what has no order": """
sorted([1, "a"])
""",
    "the key is called once for each": """
calls = []
def key(x):
    calls.append(x)
    return -x
result = sorted([1, 3, 2], key=key), max([1, 3, 2], key=key), calls
""",
    "min and max": """
result = (
    min(3, 1, 2), max([1, 5, 5]), min("b", "a"), max(["aa", "b"], key=len), min([], default=7),
    max((1, "x"), (1, "w")), max([1, 1.0, True]), min([2, 2.0]),
)
""",
    "max of nothing": """
max([])
""",
    "sum, any, all": """
result = (
    sum([1, 2.5]), sum([[1], [2]], []), sum(range(5), start=10), any([0, ""]), all([]),
    any([]),
)
""",
    "slices": """
xs = list(range(10))
result = xs[2:5], xs[:-3], xs[::3], xs[::-1], xs[8:2:-2], xs[-3:], xs[20:], xs[5:2], xs[-100:2]
""",
    "slices of strings and tuples": """
result = "abcdef"[1::2], "abc"[::-1], (1, 2, 3)[:-1], "abc"[5:], b"abc"[0], b"abc"[:2]
""",
    "a slice with step zero": """
[1, 2][::0]
""",
    "a slice is a copy": """
xs = [1, 2]
ys = xs[:]
ys.append(3)
result = xs, ys
""",
    "repetition shares its items": """
rows = [[]] * 3
rows[0].append(1)
result = rows, [0] * 3, 2 * (1, 2), "ab" * 2, [1] * 0, [1] * -1
""",
    "concatenation makes a new list": """
a = [1]
b = a + [2]
b.append(3)
result = a, b, (1,) + (2,)
""",
    "a list and a tuple cannot be added": """
[1] + (2,)
""",
    "comparison of sequences": """
result = (
    [1, 2] < [1, 3], [1, 2] == [1, 2.0], (1, 2) < (1, 2, 0), [] < [0], [2] > [1, 9],
    (1,) == [1],
)
""",
    "containment": """
result = (
    2 in [1, 2], "b" in "abc", "" in "abc", (1, 2) in [(1, 2)], 3 not in {1: 3},
    None in [None],
)
""",
    "nested lists are shared": """
inner = [1]
outer = [inner, inner]
inner.append(2)
outer[0].append(3)
result = outer, outer[0] is outer[1]
""",
    "list of lists by comprehension is not shared": """
rows = [[0] * 2 for _ in range(2)]
rows[0][0] = 1
result = rows
""",
    "negative indices and out of range": """
xs = [1, 2, 3]
try:
    xs[3]
except IndexError:
    result = xs[-1], xs[-3]
""",
    "an index that is no number": """
[1, 2]["a"]
""",
    "booleans as indices": """
result = ["no", "yes"][True], ("a", "b")[False]
""",
    "tuple methods": """
t = (1, 2, 1)
result = t.count(1), t.index(2), len(t), t + (3,), tuple("ab")
""",
    "dict methods": """
d = {"a": 1, "b": 2}
popped = d.pop("a"), d.pop("x", None)
d.update({"c": 3}, d=4)
d.update([("e", 5)])
d.setdefault("b", 9); d.setdefault("f", [])
result = d, popped, d.get("zz"), list(d), len(d), "c" in d
""",
    "popitem, clear, copy": """
d = {"a": [1], "b": 2}
e = d.copy()
last = d.popitem()
e["a"].append(9)
f = dict(d)
d.clear()
result = last, d, e, f
""",
    "pop of a missing key": """
{}.pop("a")
""",
    "fromkeys": """
d = dict.fromkeys(["a", "b"], 0)
e = dict.fromkeys("xy")
f = dict.fromkeys([1, 2], [])
f[1].append(5)
result = d, e, f
""",
    "order of insertion": """
d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 9
del d["a"]
d["a"] = 4
result = list(d.items())
""",
    "views see changes": """
d = {"a": 1}
keys, values, items = d.keys(), d.values(), d.items()
d["b"] = 2
d["a"] = 9
result = (
    list(keys), list(values), list(items), len(keys), "b" in keys, 9 in values,
    ("b", 2) in items,
)
""",
    "views as sets": """
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
result = (
    sorted(a.keys() & b.keys()), sorted(a.keys() | b.keys()), sorted(a.keys() - b),
    a.keys() == {"x", "y"},
)
""",
    "views cannot be indexed": """
{"a": 1}.keys()[0]
""",
    "dict of pairs, of keywords, merged": """
result = (
    dict([("a", 1), ("b", 2)]), dict(a=1, b=2), dict({"a": 1}, b=2),
    {"a": 1} | {"a": 2, "b": 3},
)
""",
    "dict from zip and enumerate": """
result = dict(zip("abc", range(3))), dict(enumerate("xy"))
""",
    "equality of dicts": """
result = {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 1.0}, {} == {"a": 1}
""",
    "a missing key": """
{"a": 1}["b"]
""",
    "keys must be hashable": """
d = {}
d[[1]] = 2
""",
    "tuples as keys": """
grid = {(0, 1): "a"}
grid[0, 2] = "b"
result = grid[(0, 2)], (0, 1) in grid, sorted(grid)
""",
    "reversed dict and list": """
result = list(reversed({"a": 1, "b": 2})), list(reversed([1, 2]))
""",
    "nested dicts by setdefault": """
d = {}
for key, value in [("a", 1), ("b", 2), ("a", 3)]:
    d.setdefault(key, []).append(value)
result = d
""",
    "evaluation order of a display": """
calls = []
def note(x):
    calls.append(x)
    return x
made = {note("k1"): note("v1"), note("k2"): note("v2")}
result = calls
""",
    "set methods": """
s = {1, 2}
s.add(3); s.add(1); s.discard(9); s.update([4, 5], (6,)); s.remove(2)
result = s, len(s), 3 in s, s.copy() is s
""",
    "set algebra": """
a, b = {1, 2, 3}, {3, 4}
result = (
    a | b, a & b, a - b, a ^ b, a.union([9]), a.intersection(b, [3]), a.difference([1]),
    a.symmetric_difference(b),
)
""",
    "set relations": """
a = {1, 2}
result = (
    a <= {1, 2, 3}, a < {1, 2}, a.issubset([1, 2, 3]), a.issuperset({1}), a.isdisjoint([5]),
    a == {2, 1}, a >= set(),
)
""",
    "set algebra in place": """
a = {1, 2, 3}
a.intersection_update([1, 2, 9])
a.difference_update([2])
a.symmetric_difference_update([5])
result = a
""",
    "remove from a set": """
s = {1}
s.remove(2)
""",
    "pop from a set": """
s = {7}
result = s.pop(), s
""",
    "frozensets as keys": """
d = {frozenset([1, 2]): "a"}
result = d[frozenset((2, 1))], frozenset([1, 1]) == {1}, len(frozenset("aab"))
""",
    "order of small integers in a set": """
result = list({3, 1, 2}), [n for n in {8, 0, 4}]
""",
    "set of a string": """
result = sorted(set("hello")), len(set([1, 1, 2]))
""",
    "copies of sets and dicts of lists": """
a = {"x": [1]}
b = dict(a)
b["x"].append(2)
b["y"] = 3
result = a, b
""",
    "list of dict items, changed": """
d = {"a": 1, "b": 2}
for key in list(d):
    del d[key]
result = d
""",
    "zip, strict and not": """
try:
    list(zip([1], [1, 2], strict=True))
except ValueError:
    result = list(zip([1, 2], "ab", (True,))), list(zip()), list(zip(*[(1, 2), (3, 4)]))
""",
    "range": """
r = range(2, 20, 3)
result = (
    len(r), r[1], r[-1], 5 in r, 6 in r, list(r[1:3]), r.start, r.stop, r.step,
    list(range(5, 0, -2)),
)
""",
    "equality of ranges": """
result = range(3) == range(0, 3), range(0) == range(2, 1), list(range(3)) == range(3)
""",
    "list of unknown methods still known": """
xs = [1, 2]
xs.__setitem__(0, 9)
result = xs
""",
    "star and append in a chain": """
xs = []
for block in ([1, 2], [3]):
    xs += [*block, "|"]
result = xs
""",
    "is of small values": """
a, b = [], []
result = a is b, None is None, True is True, () == (), a is not b, 1 is not None
""",
}
