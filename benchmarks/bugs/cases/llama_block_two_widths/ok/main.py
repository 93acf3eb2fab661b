import numpy as np

from config import ModelArgs
from modeling import Encoder

args = ModelArgs()
encoder = Encoder(args)
tokens = np.zeros((2, args.max_seq_len), dtype="int32")
print(encoder(tokens).shape)
