import json


class AttrDict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


def get_config(path):
    with open(path) as f:
        return AttrDict(json.load(f))
