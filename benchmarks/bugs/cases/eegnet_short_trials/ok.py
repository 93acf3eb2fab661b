from tensorflow.keras.constraints import max_norm
from tensorflow.keras.layers import (Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense,
                                     DepthwiseConv2D, Dropout, Flatten, Input, SeparableConv2D,
                                     SpatialDropout2D)
from tensorflow.keras.models import Model


def EEGNet(nb_classes, Chans=64, Samples=128, dropoutRate=0.5, kernLength=64, F1=8, D=2, F2=16,
           norm_rate=0.25, dropoutType="Dropout"):
    if dropoutType == "SpatialDropout2D":
        dropoutType = SpatialDropout2D
    elif dropoutType == "Dropout":
        dropoutType = Dropout
    else:
        raise ValueError("dropoutType must be one of SpatialDropout2D or Dropout, passed as a string.")

    input1 = Input(shape=(Chans, Samples, 1))
    block1 = Conv2D(F1, (1, kernLength), padding="same", use_bias=False)(input1)
    block1 = BatchNormalization()(block1)
    block1 = DepthwiseConv2D((Chans, 1), use_bias=False, depth_multiplier=D,
                             depthwise_constraint=max_norm(1.0))(block1)
    block1 = BatchNormalization()(block1)
    block1 = Activation("elu")(block1)
    block1 = AveragePooling2D((1, 4))(block1)
    block1 = dropoutType(dropoutRate)(block1)

    block2 = SeparableConv2D(F2, (1, 16), use_bias=False, padding="same")(block1)
    block2 = BatchNormalization()(block2)
    block2 = Activation("elu")(block2)
    block2 = AveragePooling2D((1, 8))(block2)
    block2 = dropoutType(dropoutRate)(block2)

    dense = Dense(nb_classes, name="dense", kernel_constraint=max_norm(norm_rate))(Flatten()(block2))
    return Model(inputs=input1, outputs=Activation("softmax", name="softmax")(dense))


trial = (32, 640)
model = EEGNet(nb_classes=4, Chans=trial[0], Samples=trial[1], kernLength=10)
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
