import re

SPEC = "c16s2-c32s2-r32-d10"


def parse(text):
    ops = []
    for token in text.split("-"):
        m = re.match(r"([a-z])(\d+)(?:s(\d+))?", token)
        kind, size, stride = m.group(1), int(m.group(2)), m.group(3)
        ops.append((kind, size, int(stride) if stride else 1))
    return ops
