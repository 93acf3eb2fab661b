from tensorflow.keras import layers, models


def create(classes):
    return models.Sequential([layers.Input((8,)), layers.Dense(classes)])
