import yaml

from models.net import build

with open("config/default.yaml") as f:
    config = yaml.safe_load(f)

model = build(config["model"])
model.summary()
