import json


class Config:
    def __init__(self, path):
        with open(path, "r") as fp:
            self.__dict__.update(json.load(fp))


def load_config(path):
    with open(path) as handle:
        return json.load(handle)
