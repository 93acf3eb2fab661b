from net import build
from options import options

model = build(options(dec=[24, 16]))
model.summary()
