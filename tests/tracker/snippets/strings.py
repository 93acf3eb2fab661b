"""Strings: methods, formatting, bytes."""

SNIPPETS = {
    "case and strip": """
s = "  Hello World  "
result = (
    s.strip(), s.lower(), s.upper().strip(), s.lstrip(), s.rstrip(), "xxaxx".strip("x"),
    "aB".swapcase(), "ab cd".title(), "ab".capitalize(),
)
""",
    "split and join": """
result = (
    "a,b,,c".split(","), "a b  c".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1),
    "-".join("abc"), "a\\nb".splitlines(), "k=v=w".partition("="), "k=v=w".rpartition("="),
)
""",
    "find and replace": """
s = "banana"
result = (
    s.find("an"), s.rfind("an"), s.find("x"), s.index("n"), s.count("a"), s.replace("a", "o"),
    s.replace("a", "o", 1),
)
""",
    "tests": """
result = (
    "abc".startswith("ab"), "abc".endswith(("x", "bc")), "12".isdigit(), "a1".isalnum(),
    "Ab".isupper(), " ".isspace(), "a_b".isidentifier(), "conv" in "my_conv",
)
""",
    "padding": """
result = (
    "7".zfill(3), "ab".ljust(4) + "|", "ab".rjust(4, "."), "ab".center(5, "*"), "-5".zfill(4),
)
""",
    "prefix and suffix": """
result = (
    "block1_conv".removeprefix("block1_"), "conv_bn".removesuffix("_bn"),
    "x".removeprefix("y"),
)
""",
    "index of what is not there": """
"abc".index("x")
""",
    "f-strings": """
n, name, f = 7, "conv", 3.14159
result = (
    f"{name}_{n}", f"{n:03d}", f"{f:.2f}", f"{n:>5}|{n:<5}|{n:^5}", f"{n!r}", f"{name!r:>8}",
    f"{{}}", f"{n + 1}", f"{f:{n}.{2}f}", f"{n:x}", f"{1000000:,}", f"{0.5:.0%}",
)
""",
    "f-string that shows its expression": """
n = 3
result = f"{n=}", f"{n + 1 = }"
""",
    "f-strings of containers": """
result = (
    f"{[1, 'a']}", f"{(1,)}", f"{ {'k': 1.0} }", f"{None} {True}", str([1, "x"]),
    str({"a": (1, 2)}),
)
""",
    "format": """
result = (
    "{}-{}".format(1, "a"), "{1}{0}".format("a", "b"), "{x:>4}".format(x=2),
    "{0[1]}".format([1, 2]), "{:5.1f}|".format(2.25), "{!r}".format("a"),
)
""",
    "percent": """
result = (
    "%d_%s" % (3, "a"), "%05.2f" % 3.14159, "%(n)s" % {"n": 4}, "%s" % None, "%x" % 255,
    "%d%%" % 5, "%s" % (1,), "%-4s|" % "a",
)
""",
    "percent with too few values": """
"%d %d" % (1,)
""",
    "multiplication and concatenation": """
result = "ab" * 2, "a" + "b", "-" * 0, 3 * "x"
""",
    "comparison": """
result = "a" < "b", "Z" < "a", "abc" < "abd", "a" * 3 == "aaa", max("conv", "dense"), "10" < "9"
""",
    "iteration and indices": """
s = "hello"
result = (
    list(s), s[0], s[-1], s[1:3], len(s), list(enumerate("ab")), sorted("hello"),
    "".join(reversed(s)),
)
""",
    "escapes and raw strings": """
result = "a\\tb", len("\\n"), r"\\d", "\\x41", "it's", 'say "x"'
""",
    "bytes": """
b = "häb".encode()
result = (
    len(b), b.decode(), b"ab" + b"c", b"abc"[1], list(b"ab"), b"x" in b"xyz",
    "abc".encode("ascii"),
)
""",
    "translate": """
result = "hello".translate(str.maketrans("el", "ip")), "a-b".translate({45: "_"})
""",
    "methods of the class": """
result = (
    str.upper("a"), list(map(str.strip, [" a", "b "])), str.join(",", ["x", "y"]),
    sorted(["B", "a"], key=str.lower),
)
""",
    "conversion": """
result = str(3), str(None), str(True), repr("a"), ascii("é"), str(b"x"), "a" "b"
""",
    "join of what is no string": """
",".join([1, 2])
""",
    "string plus number": """
"a" + 1
""",
    "expandtabs, casefold, isnumeric": """
result = (
    "a\\tb".expandtabs(4), "ß".casefold(), "½".isnumeric(), "abc".isascii(),
    "a b".isprintable(),
)
""",
    "string formatting of names in a loop": """
names = []
for stage, blocks in enumerate([2, 1], start=2):
    for block in range(blocks):
        names.append("stage%d_block%s" % (stage, chr(ord("a") + block)))
result = names
""",
    "split of a path": """
import os
result = (
    os.path.join("a", "b.h5"), os.path.basename("/x/y.py"), os.path.splitext("m.tar.gz"),
    os.path.dirname("/x/y"),
)
""",
    "regular expressions": """
import re
m = re.match(r"(\\w+)_(\\d+)", "conv_12")
result = (
    m.group(1), int(m.group(2)), re.sub("a", "b", "banana"), re.findall(r"\\d", "a1b2"),
    re.match("x", "y"),
)
""",
    "format of own width": """
width = 6
result = f"{'ab':>{width}}", "{:{}}".format("x", 3), "{:*^7}".format("mid")
""",
    "count and find with bounds": """
result = (
    "aaaa".count("aa"), "banana".find("a", 2), "banana".count("a", 2, 5),
    "abcabc".index("c", 3),
)
""",
}
