from keras import Input, Model, ops
from keras.applications import EfficientNetB0
from keras.layers import (BatchNormalization, Conv2D, Dense, Dropout, GlobalAveragePooling2D, Lambda, multiply)


def retina_model(img_rows=224, img_cols=224, classes=5):
    in_lay = Input(shape=(img_rows, img_cols, 3))
    base = EfficientNetB0(weights=None, include_top=False, input_shape=(img_rows, img_cols, 3))
    pt_depth = base.get_output_shape_at(0)[-1]
    pt_features = base(in_lay)
    bn_features = BatchNormalization()(pt_features)

    # turn places on and off before the average
    attn = Conv2D(64, 1, padding="same", activation="relu")(Dropout(0.5)(bn_features))
    attn = Conv2D(16, 1, padding="same", activation="relu")(attn)
    attn = Conv2D(1, 1, padding="valid", activation="sigmoid")(attn)
    up_c2 = Conv2D(pt_depth, 1, padding="same", activation="linear", use_bias=False, trainable=False)
    attn = up_c2(attn)

    mask_features = multiply([attn, bn_features])
    gap_features = GlobalAveragePooling2D()(mask_features)
    gap_mask = GlobalAveragePooling2D()(attn)
    gap = Lambda(lambda x: ops.divide(x[0], x[1]), name="RescaleGAP")([gap_features, gap_mask])
    out = Dense(classes, activation="softmax")(Dropout(0.25)(gap))
    return Model(inputs=[in_lay], outputs=[out])


model = retina_model()
