from model.resnet import resnet
from utils.config import get_config

if __name__ == "__main__":
    config = get_config("configs/base.json")
    model = resnet(config)
    model.summary()
