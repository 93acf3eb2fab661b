from types import SimpleNamespace

BASE = dict(img=(64, 64, 3), enc=[16, 32, 64], dec=[32, 16], act="relu")


def options(**overrides):
    values = {**BASE, **overrides}
    return SimpleNamespace(**values)
