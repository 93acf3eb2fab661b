import ml_collections


def get_config():
    config = ml_collections.ConfigDict()
    config.model = ml_collections.ConfigDict()
    config.model.length = 128
    config.model.features = 32
    config.model.dilations = (1, 2, 4)
    config.model.padding = "same"
    config.batch_size = 16
    return config
