from config import Config
from vit import build_vit

cfg = Config()
model = build_vit(cfg.model)
print(model.output_shape, cfg.lr)
