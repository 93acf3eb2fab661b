from net import build
model = build()
