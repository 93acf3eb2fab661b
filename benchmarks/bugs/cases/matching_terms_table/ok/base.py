from abc import ABC, abstractmethod


class BaseModel(ABC):
    """A model with parameters, which is built late."""

    def __init__(self, **params):
        self.params = {"embedding_output_dim": 16, "hidden": [10, 1], **params}
        self._backend = None

    @abstractmethod
    def build(self):
        """Make the network."""

    def load_embedding_matrix(self, embedding_matrix, name="embedding"):
        for layer in self._backend.layers:
            if layer.name == name:
                layer.set_weights([embedding_matrix])
