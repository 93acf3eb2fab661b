import numpy as np
from keras import layers

scores = [12.0, -3.0, 0.5, -7.25]
relu = layers.Activation("relu")
kept = relu(np.array(scores))
print(np.count_nonzero(kept))
