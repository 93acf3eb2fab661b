from fpn import fpn
model = fpn()
