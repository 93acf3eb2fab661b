import fire

from net import build


class Trainer:
    def __init__(self, users=100, items=50):
        self.users = users
        self.items = items

    def train(self, dim=16, item_dim=16, epochs=1):
        model = build(self.users, self.items, dim, item_dim)
        model.compile("sgd", "mse")
        return model.count_params()


def train(dim=16, item_dim=16, epochs=1):
    return Trainer().train(dim, item_dim, epochs)


if __name__ == "__main__":
    fire.Fire(train)
