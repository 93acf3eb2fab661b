from blocks import residual
from keras import Input

inputs = Input((32, 32, 16))
outputs = residual(inputs, 16)
