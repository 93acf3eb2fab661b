import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

keras.backend.set_image_data_format("channels_last")
SIDE = 64


def mae_over_fscore(y_true, y_pred):
    y_true = K.cast(y_true > 0.1, "float32") if hasattr(K, "cast") else keras.ops.cast(y_true > 0.1, "float32")
    y_pred_bin = keras.ops.cast(y_pred > 0.1, "float32")
    hits = keras.ops.sum(y_true * y_pred_bin)
    fscore = 2 * hits / (keras.ops.sum(y_true) + keras.ops.sum(y_pred_bin) + 1e-6)
    return keras.ops.mean(keras.ops.abs(y_true - y_pred)) / (fscore + 1e-7)


def Conv3x3BnReLU(filters, stage, **kwargs):
    def wrapper(x):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=stage + "_conv", **kwargs)(x)
        x = layers.BatchNormalization(name=stage + "_bn")(x)
        return layers.Activation("relu", name=stage + "_relu")(x)

    return wrapper


def DecoderUpsamplingX2Block(filters, stage):
    def wrapper(x, skip=None):
        x = layers.UpSampling2D(2, name=f"decoder_stage{stage}_upsampling")(x)
        if skip is not None:
            x = layers.Concatenate(axis=-1, name=f"decoder_stage{stage}_concat")([x, skip])
        return Conv3x3BnReLU(filters, f"decoder_stage{stage}a")(x)

    return wrapper


def Unet(input_shape=(None, None, 9), encoder_filters=(16, 32, 64, 128), decoder_filters=(64, 32, 16, 16)):
    image = layers.Input(input_shape)
    skips = []
    x = image
    for stage, filters in enumerate(encoder_filters):
        x = Conv3x3BnReLU(filters, f"stage{stage}_unit1", strides=2)(x)
        skips.append(x)
    skips = skips[-2::-1] + [None]
    for stage, filters in enumerate(decoder_filters):
        x = DecoderUpsamplingX2Block(filters, stage)(x, skips[stage])
    return keras.Model(image, layers.Conv2D(1, 3, padding="same", name="final_conv")(x))


X = np.random.rand(60, SIDE, SIDE, 9).astype("float32")
y = np.random.rand(60, SIDE, SIDE, 1).astype("float32")
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.33, random_state=42)
model = Unet()
model.compile(optimizer="Adam", loss="mae", metrics=[mae_over_fscore])
model.fit(x=X_train, y=y_train, batch_size=16, epochs=1, validation_data=(X_val, y_val))
