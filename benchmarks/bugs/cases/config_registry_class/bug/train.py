from tensorflow.keras import Input, Model

import core.heads  # noqa: F401
from core.registry import HEADS

CFG = dict(type="SumHead", units=12)

a, b = Input((8,)), Input((16,))
model = Model([a, b], HEADS.build(CFG)([a, b]))
