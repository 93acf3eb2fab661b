import toml

from seg import network

conf = toml.load("config.toml")
m = network(**conf["model"])
