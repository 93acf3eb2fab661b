import configparser

from net import build

config = configparser.ConfigParser()
config.read("settings.ini")

data = config["data"]
model = build(
    data.getint("height"),
    data.getint("width"),
    int(data["channels"]),
    config.getint("net", "depth"),
    config.getint("net", "filters"),
    config.getfloat("net", "dropout"),
)
model.summary()
