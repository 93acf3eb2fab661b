from keras.layers import Activation, Conv2D, Conv2DTranspose, Cropping2D, Dropout, Input, MaxPooling2D, add
from keras.models import Model, Sequential

FCN_CLASSES = 21


def convblock(cdim, nb, bits=3):
    L = []
    for k in range(1, bits + 1):
        convname = "conv" + str(nb) + "_" + str(k)
        L.append(Conv2D(cdim, kernel_size=(3, 3), padding="same", activation="relu", name=convname))
    L.append(MaxPooling2D((2, 2), strides=(2, 2)))
    return L


def fcn32_blank(image_size):
    mdl = Sequential()
    mdl.add(Input((image_size, image_size, 3)))
    for dim, nb, bits in [(64, 1, 2), (128, 2, 2), (256, 3, 3), (512, 4, 3), (512, 5, 3)]:
        for l in convblock(dim, nb, bits=bits):
            mdl.add(l)
    mdl.add(Conv2D(256, kernel_size=(7, 7), padding="same", activation="relu", name="fc6"))
    mdl.add(Dropout(0.5))
    mdl.add(Conv2D(256, kernel_size=(1, 1), padding="same", activation="relu", name="fc7"))
    mdl.add(Conv2D(FCN_CLASSES, kernel_size=(1, 1), padding="same", activation="relu", name="score_fr"))
    return mdl


def fcn_32s_to_8s(fcn32model):
    sp4 = Conv2D(FCN_CLASSES, kernel_size=(1, 1), padding="same", name="score_pool4")
    score_pool4 = sp4(fcn32model.layers[13].output)
    deconv = Conv2DTranspose(FCN_CLASSES, kernel_size=(4, 4), strides=(2, 2), name="score2")
    score2 = deconv(fcn32model.layers[-1].output)
    score2 = Cropping2D(cropping=((0, 1), (0, 1)))(score2)
    fused = add([score2, score_pool4])
    up = Conv2DTranspose(FCN_CLASSES, kernel_size=(16, 16), strides=(16, 16), padding="same")(fused)
    return Model(fcn32model.layers[0].input if False else fcn32model.inputs, up)


image_size = 64 * 4
fcn32model = fcn32_blank(image_size)
fcn8model = fcn_32s_to_8s(fcn32model)
