import numpy as np
from unet3d.isensee import isensee_model

config = dict()
config["image_shape"] = (64, 64, 48)
config["labels"] = (1, 2, 4)
config["n_labels"] = len(config["labels"])
config["all_modalities"] = ["t1", "t1ce", "flair", "t2"]
config["nb_channels"] = len(config["all_modalities"])
config["n_base_filters"] = 4
config["input_shape"] = tuple(list(config["image_shape"]) + [config["nb_channels"]])


def main(overwrite=False):
    model = isensee_model(
        input_shape=config["input_shape"],
        n_labels=config["n_labels"],
        n_base_filters=config["n_base_filters"],
    )
    print(model.predict(np.zeros((1,) + config["input_shape"]), verbose=0).shape)


if __name__ == "__main__":
    main(overwrite=True)
