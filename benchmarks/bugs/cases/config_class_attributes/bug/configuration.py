class Config:
    NAME = "base"
    IMAGE_SIZE = 64
    EMBED = 32
    HEADS = 4

    def __init__(self):
        self.HEAD_DIM = self.EMBED // self.HEADS

    def display(self):
        for a in dir(self):
            if not a.startswith("__"):
                print(a)


class TrainConfig(Config):
    NAME = "train"
    EMBED = 48
