from config import get_cfg_defaults
from net import build

cfg = get_cfg_defaults()
cfg.merge_from_file("exp.yaml")
cfg.freeze()
model = build(cfg)
