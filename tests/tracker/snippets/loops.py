"""Loops, and the ways out of them."""

SNIPPETS = {
    "more rounds than `len` can tell": """
result = []
try:
    for n in range(10**20):
        result.append(n)
        if n == 2:
            raise StopIteration
except StopIteration:
    result.append("over")
""",
    "else after a break": """
result = []
for n in range(5):
    if n == 3:
        break
    result.append(n)
else:
    result.append("else")
""",
    "else after all rounds": """
result = []
for n in range(2):
    continue
else:
    result.append(n)
""",
    "else of a loop without rounds": """
for n in []:
    result = "body"
else:
    result = "else"
""",
    "while with else": """
n, result = 3, []
while n:
    n -= 1
    if n == 1:
        continue
    result.append(n)
else:
    result.append("else")
""",
    "while with break": """
n = 0
while True:
    n += 1
    if n > 4:
        break
else:
    n = 100
result = n
""",
    "break leaves the inner loop only": """
result = []
for a in range(3):
    for b in range(3):
        if b == 2:
            break
        if a == 1:
            continue
        result.append((a, b))
    else:
        result.append("never")
    result.append(a)
""",
    "return out of nested loops": """
def find(rows, wanted):
    for i, row in enumerate(rows):
        for j, item in enumerate(row):
            if item == wanted:
                return i, j
    return None

result = find([[1, 2], [3, 4]], 3), find([[1]], 7)
""",
    "the variable keeps its last value": """
for i in range(4):
    pass
result = i
""",
    "assigning the variable does not change the rounds": """
result = []
for i in range(3):
    i += 10
    result.append(i)
""",
    "a list that grows while it is walked": """
items = [1]
for item in items:
    if item < 5:
        items.append(item + 1)
result = items
""",
    "a list that shrinks while it is walked": """
items = [1, 2, 3, 4]
for item in items:
    items.remove(item)
result = items
""",
    "a dict that grows while it is walked": """
items = {1: 2}
for key in items:
    items[key + 1] = 0
result = items
""",
    "the iterable is evaluated once": """
calls = []
def items():
    calls.append("items")
    return [1, 2]
for item in items():
    calls.append(item)
result = calls
""",
    "the name of the iterable is bound again": """
xs, result = [1, 2, 3], []
for x in xs:
    xs = []
    result.append(x)
""",
    "targets that are items and attributes": """
class Box:
    pass
box, row = Box(), [0, 0]
for box.value, row[1] in [(1, 2), (3, 4)]:
    pass
result = box.value, row
""",
    "nested targets with a star": """
result = []
for (a, *b), c in [((1, 2, 3), 4), ((5,), 6)]:
    result.append((a, b, c))
""",
    "next inside of a loop takes a round away": """
it = iter(range(6))
result = []
for n in it:
    result.append((n, next(it)))
""",
    "an iterator goes on where a loop stopped": """
it = iter([1, 2, 3, 4])
for n in it:
    if n == 2:
        break
result = list(it)
""",
    "two loops over one iterator": """
it = iter("abcd")
result = []
for a in it:
    for b in it:
        result.append(a + b)
        break
""",
    "a loop over a dict gives its keys": """
result = [key for key in {"b": 1, "a": 2}]
""",
    "a loop over items, with a change of values": """
d = {"a": 1, "b": 2}
for key, value in d.items():
    d[key] = value * 10
result = d
""",
    "continue in a while loop with a counter": """
n = total = 0
while n < 10:
    n += 1
    if n % 3:
        continue
    total += n
result = total
""",
    "pass through finally at each continue": """
result = []
for n in range(3):
    try:
        if n == 1:
            continue
        result.append(n)
    finally:
        result.append("f")
""",
    "loops in loops with their own else": """
primes = []
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        primes.append(n)
result = primes
""",
    "a loop over a string, reversed and enumerated": """
result = [(i, c) for i, c in enumerate(reversed("abc"), start=1)]
""",
    "a set that grows while it is walked": """
seen = {1}
for n in seen:
    seen.add(n + 1)
result = seen
""",
    "a range that is longer than any list": """
for n in range(10 ** 20):
    if n == 3:
        break
result = n, 10 ** 19 in range(10 ** 20), range(10 ** 20)[-1]
""",
    "the length of too long a range": """
len(range(10 ** 20))
""",
    "more rounds than most loops have": """
total = 0
for n in range(25_000):
    total += n
result = total
""",
}
