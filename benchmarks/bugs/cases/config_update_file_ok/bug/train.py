import os
import yaml

from net import build


def read(path):
    with open(path) as stream:
        return yaml.load(stream, Loader=yaml.FullLoader)


config = read("defaults.yml")
config.update(read("override.yml"))
if os.path.exists("nothere.yml"):
    config.update(read("nothere.yml"))
model = build(**config)
