from net import build
from options import options

model = build(options(dec=[32, 16]))
model.summary()
