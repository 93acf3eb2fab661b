import importlib

NAME = "wide"


def load(name):
    module = importlib.import_module("models." + name)
    return getattr(module, "create")


model = load(NAME)(10, 12)
model.summary()
