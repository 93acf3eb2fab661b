class Registry:
    def __init__(self, name):
        self._name = name
        self._table = dict()

    def register(self, cls=None, *, name=None):
        def deco(c):
            self._table[name or c.__name__] = c
            return c

        return deco if cls is None else deco(cls)

    def build(self, cfg):
        cfg = dict(cfg)
        kind = cfg.pop("type")
        if kind not in self._table:
            raise KeyError(f"{kind} is not in {self._name}")
        return self._table[kind](**cfg)


HEADS = Registry("heads")
