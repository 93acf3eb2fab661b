from dataclasses import dataclass, field

import numpy as np
from keras import Model
from keras.layers import Concatenate, Conv1D, Dense, Embedding, GlobalMaxPooling1D, Input


@dataclass
class Feature:
    name: str
    input_dim: int
    output_dim: int


@dataclass
class Config:
    doc_size: int = 60
    filter_sizes: list = field(default_factory=lambda: [2, 3, 5])
    filter_nums: list = field(default_factory=lambda: [16, 16, 8])
    use_tags: bool = True


def features_of(config):
    features = [Feature("text", 3000, 32)]
    if config.use_tags:
        features.append(Feature("tags", 50, 8))
    return features


def inputs_and_embeddings(features, config):
    inputs, embeddings = [], []
    for f in features:
        i = Input(shape=(config.doc_size,), dtype="int32", name=f.name)
        inputs.append(i)
        embeddings.append(Embedding(f.input_dim, f.output_dim)(i))
    return inputs, embeddings


def build_cnn(config):
    inputs, embeddings = inputs_and_embeddings(features_of(config), config)
    seq = Concatenate()(embeddings) if len(embeddings) > 1 else embeddings[0]
    pooled = []
    for size, num in zip(config.filter_sizes, config.filter_nums):
        pooled.append(GlobalMaxPooling1D()(Conv1D(num, size, activation="relu")(seq)))
    return Model(inputs, Dense(1, activation="sigmoid")(Concatenate()(pooled)))


config = Config(use_tags=False)
model = build_cnn(config)
model.compile(loss="binary_crossentropy", optimizer="adam")
documents = np.random.randint(0, 3000, (64, config.doc_size))
model.fit({"text": documents}, np.random.randint(0, 2, (64, 1)), batch_size=16, epochs=1)
