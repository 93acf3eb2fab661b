MODELS = {}


def register(name):
    def wrap(fn):
        MODELS[name] = fn
        return fn
    return wrap


def get_model(name, **kwargs):
    if name not in MODELS:
        raise KeyError(f"unknown model {name}")
    return MODELS[name](**kwargs)
