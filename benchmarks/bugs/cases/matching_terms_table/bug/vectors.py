import numpy as np


class Vectors:
    def __init__(self, dimension):
        self.dimension = dimension
        self.rng = np.random.default_rng(0)

    def build_matrix(self, term_index):
        matrix = np.empty((len(term_index), self.dimension))
        for term, index in term_index.items():
            matrix[index - 1] = self.rng.uniform(-0.2, 0.2, self.dimension)
        return matrix
