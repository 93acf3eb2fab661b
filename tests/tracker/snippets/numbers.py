"""Numbers: division, rounding, formatting, comparison."""

SNIPPETS = {
    "floor division and modulo of negatives": """
result = -7 // 2, 7 // -2, -7 % 3, 7 % -3, divmod(-7, 2), -7.5 // 2, -7.5 % 2
""",
    "division": """
result = 7 / 2, 4 / 2, 1e3 / 10, -1 / 4, 7 // 2.0
""",
    "division by zero": """
1 // 0
""",
    "modulo by zero": """
1 % 0
""",
    "powers": """
result = 2 ** 10, 2 ** -1, (-2) ** 3, 2 ** 0.5, pow(3, 4, 5), -2 ** 2, 0 ** 0
""",
    "rounding is to even": """
result = (
    round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234, -2),
    round(2.6),
)
""",
    "int truncates": """
result = int(2.9), int(-2.9), int("12"), int("ff", 16), int(True), int(" 7 "), int("1_000")
""",
    "int of no number": """
int("x")
""",
    "int of infinity": """
int(float("inf"))
""",
    "floats": """
result = (
    float("2.5"), float(3), 0.1 + 0.2, 1e16 + 1, float("-inf") < 0, 3.0.is_integer(),
    (2.5).is_integer(),
)
""",
    "nan": """
n = float("nan")
result = n == n, n != n, n < 1, n in [n]
""",
    "bool is int": """
result = (
    True + True, True == 1, False is 0 if False else "x", sum([True, False, True]), True * 3,
    -True,
)
""",
    "bit operations": """
result = 6 & 3, 6 | 3, 6 ^ 3, ~5, 1 << 4, 256 >> 3, (5).bit_length(), -1 >> 1
""",
    "comparison of int and float": """
result = 1 == 1.0, 2 ** 53 == 2.0 ** 53, 0.1 + 0.2 == 0.3, 3 > 2.5, -0.0 == 0.0
""",
    "comparison of numbers and text": """
1 < "2"
""",
    "number and text are never equal": """
result = 1 == "1", "1" != 1, None == 0, None is None, [] == (), 0 == False
""",
    "None has no order": """
None < 1
""",
    "adding number and text": """
1 + "1"
""",
    "abs, min, max, sum": """
result = abs(-3), abs(-2.5), sum([0.1] * 10), max(1, 2.0), min(1, 1.0), max(-1, -2, key=abs)
""",
    "math": """
import math
result = (
    math.ceil(2.1), math.floor(-2.1), math.sqrt(16), math.log2(8), math.gcd(12, 18),
    math.prod([2, 3, 4]), math.isclose(0.1 + 0.2, 0.3), math.trunc(-2.7), math.pi > 3,
    math.inf > 1, math.factorial(5), math.hypot(3, 4),
)
""",
    "conversions between bases": """
result = hex(255), bin(5), oct(8), chr(65), ord("a"), int("0b101", 0)
""",
    "float text": """
result = (
    str(1.0), str(0.1), str(1e20), str(1e16), str(1e-5), repr(1 / 3), str(100000.0), str(-0.0),
)
""",
    "complex": """
z = 1 + 2j
result = z * z, z.real, z.imag, abs(3 + 4j)
""",
    "divmod and rounding of sizes": """
result = (
    [(n + 1) // 2 for n in (7, 8, -3)], [-(-n // 2) for n in (7, 8, -3)], int(0.75 * 64),
    int(32 * 1.4),
)
""",
    "make divisible": """
def make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v
result = [make_divisible(32 * a) for a in (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)]
""",
    "text to numbers": """
result = sum(map(int, "1 2 3".split())), float("1e3"), int("-5"), "5".isdigit(), "5.0".isdigit()
""",
    "identity of numbers": """
a = 5
b = 2 + 3
result = a is b, a == b, type(a) is int, type(a / 1) is float
""",
    "large integers": """
result = 2 ** 70, 10 ** 20 // 3, -(2 ** 65) % 7
""",
    "int methods and attributes": """
result = (3).bit_length(), (7).real, (1.5).as_integer_ratio(), (10).to_bytes(2, "big")
""",
}
