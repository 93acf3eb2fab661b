import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import (ConvLSTM2D, Conv3D, Dense, GlobalAveragePooling2D, Input, MaxPooling3D, Reshape)

seq_len, size, num_classes = 32, 56, 27


def res3d_clstm(inputs):
    x = Conv3D(16, (3, 3, 3), padding="same", activation="relu", name="Conv3D_1")(inputs)
    x = MaxPooling3D((2, 2, 2), name="pool3d")(x)
    x = ConvLSTM2D(32, (3, 3), padding="same", return_sequences=True, name="gatedclstm2d_1")(x)
    x = ConvLSTM2D(64, (3, 3), padding="same", return_sequences=False, name="gatedclstm2d_2")(x)
    featmap_2d = Reshape((28, 28, 64), name="clstm_reshape")(x)
    y = keras.layers.DepthwiseConv2D((3, 3), strides=2, padding="same")(featmap_2d)
    return GlobalAveragePooling2D()(y)


inputs = Input((seq_len, size, size, 3))
features = res3d_clstm(inputs)
outputs = Dense(num_classes, activation="softmax", name="Classes")(features)
model = keras.Model(inputs, outputs)
print(model.predict(np.zeros((1, seq_len, size, size, 3)), verbose=0).shape)
