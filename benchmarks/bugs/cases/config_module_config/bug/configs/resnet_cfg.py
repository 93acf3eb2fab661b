size = 33
depth = (16, 16)
stride = 2
