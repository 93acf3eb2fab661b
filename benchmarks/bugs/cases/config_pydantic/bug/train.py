from mlp import build
from schema import Settings

settings = Settings()
net = build(settings.net)
