from yacs.config import CfgNode as CN

_C = CN()
_C.MODEL = CN()
_C.MODEL.STEM = 32
_C.MODEL.BRANCH = 32
_C.DATA = CN()
_C.DATA.SIZE = 64


def get_cfg_defaults():
    return _C.clone()
