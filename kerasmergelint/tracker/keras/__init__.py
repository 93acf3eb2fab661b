"""Layers and models: how they are made, called and replayed, by the rules of ``keras_api``."""
