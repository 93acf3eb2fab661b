from easydict import EasyDict as edict

__C = edict()
cfg = __C

__C.TRAIN = edict()
__C.TRAIN.BATCH = 8
__C.NET = edict()
__C.NET.SIZE = 300
__C.NET.STRIDES = [2, 2, 2]
__C.NET.CHANNELS = [8, 16, 32]
