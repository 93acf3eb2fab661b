from omegaconf import OmegaConf

from mixer import build_mixer

conf = OmegaConf.load("conf/model.yaml")
model = build_mixer(conf)
print(conf.train.epochs)
