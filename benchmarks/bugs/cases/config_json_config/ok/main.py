import os

from models.transformer import build_model
from utils.config import load_config

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    cfg = load_config(os.path.join(HERE, "config.json"))
    model = build_model(**cfg["model"])
    model.compile("adam", "sparse_categorical_crossentropy")
    print(model.count_params(), cfg["train"]["batch_size"])


if __name__ == "__main__":
    main()
