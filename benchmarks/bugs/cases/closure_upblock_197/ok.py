from keras.applications import ResNet50
from keras.layers import Activation, BatchNormalization, Concatenate, Conv2D, UpSampling2D
from keras.models import Model

SKIPS = {
    "resnet50": ("conv4_block6_out", "conv3_block4_out", "conv2_block3_out", "conv1_relu"),
}


def conv_relu(filters, size, use_batchnorm=False, name="conv"):
    def layer(x):
        x = Conv2D(filters, size, padding="same", use_bias=not use_batchnorm, name=name + "_conv")(x)
        if use_batchnorm:
            x = BatchNormalization(name=name + "_bn")(x)
        x = Activation("relu", name=name + "_relu")(x)
        return x
    return layer


def up_block(filters, stage, upsample_rate=(2, 2), skip=None, use_batchnorm=False):
    def layer(x):
        x = UpSampling2D(size=upsample_rate, name="up{}".format(stage))(x)
        if skip is not None:
            x = Concatenate(name="merge{}".format(stage))([x, skip])
        x = conv_relu(filters, 3, use_batchnorm, name="stage{}a".format(stage))(x)
        return conv_relu(filters, 3, use_batchnorm, name="stage{}b".format(stage))(x)
    return layer


def build_unet(backbone, classes, skip_layers, decoder_filters=(256, 128, 64, 32, 16),
               upsample_rates=(2, 2, 2, 2, 2), activation="sigmoid", **kwargs):
    x = backbone.output
    skips = [backbone.get_layer(n).output if isinstance(n, str) else backbone.layers[n].output
             for n in skip_layers]
    for i in range(len(decoder_filters)):
        skip = skips[i] if i < len(skips) else None
        up_size = (upsample_rates[i], upsample_rates[i])
        x = up_block(decoder_filters[i], i, upsample_rate=up_size, skip=skip, **kwargs)(x)
    x = Conv2D(classes, (3, 3), padding="same", name="final_conv")(x)
    x = Activation(activation, name=activation)(x)
    return Model(backbone.input, x)


def UResNet50(input_shape=(None, None, 3), classes=1, **kwargs):
    backbone = ResNet50(input_shape=input_shape, include_top=False, weights=None)
    return build_unet(backbone, classes, SKIPS["resnet50"], **kwargs)


img_size_ori = 101
img_size_target = 192
model = UResNet50((img_size_target, img_size_target, 3), use_batchnorm=True)
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
