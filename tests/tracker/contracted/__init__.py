"""Functions written like those of published models, for which contracts are compared with TensorFlow."""
