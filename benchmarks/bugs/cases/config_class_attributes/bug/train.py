from attention import build
from configuration import TrainConfig

config = TrainConfig()
config.display()
model = build(config)
