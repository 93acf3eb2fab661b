from omegaconf import OmegaConf

from model import build

cfg = OmegaConf.merge(OmegaConf.load("conf/config.yaml"), {"model": OmegaConf.load("conf/model/small.yaml")})
build(cfg.model)
