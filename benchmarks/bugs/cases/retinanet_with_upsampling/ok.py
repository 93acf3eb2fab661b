from tensorflow import keras

FILTERS = {"C3": 64, "C4": 128, "C5": 128}


def backbone(inputs):
    x = keras.layers.Conv2D(16, 7, strides=2, padding="same", activation="relu")(inputs)
    x = keras.layers.MaxPooling2D(2, strides=2)(x)
    maps = {}
    for name, filters in FILTERS.items():
        x = keras.layers.Conv2D(filters, 3, padding="same", activation="relu", name=name.lower())(x)
        x = keras.layers.MaxPooling2D(2, strides=2, padding="same", name=name.lower() + "_pool")(x)
        maps[name] = x
    return maps


def create_pyramid_features(C3, C4, C5, feature_size=64):
    def reduced(name, C):
        return keras.layers.Conv2D(feature_size, kernel_size=1, strides=1, padding="same", name=f"{name}_reduced")(C)

    P5 = reduced("C5", C5)
    P5_upsampled = keras.layers.UpSampling2D(name="P5_upsampled")(P5)
    P4 = keras.layers.Add(name="P4_merged")([P5_upsampled, reduced("C4", C4)])
    P4_upsampled = keras.layers.UpSampling2D(name="P4_upsampled")(P4)
    P3 = keras.layers.Add(name="P3_merged")([reduced("C3", C3), P4_upsampled])
    P6 = keras.layers.Conv2D(feature_size, kernel_size=3, strides=2, padding="same", name="P6")(C5)
    return [P3, P4, P5, P6]


def default_regression_model(num_anchors, pyramid_feature_size=64, regression_feature_size=64):
    inputs = keras.layers.Input(shape=(None, None, pyramid_feature_size))
    outputs = inputs
    for i in range(2):
        outputs = keras.layers.Conv2D(regression_feature_size, 3, padding="same", activation="relu", name=f"reg_{i}")(outputs)
    outputs = keras.layers.Conv2D(num_anchors * 4, 3, padding="same", name="pyramid_regression")(outputs)
    outputs = keras.layers.Reshape((-1, 4), name="pyramid_regression_reshape")(outputs)
    return keras.models.Model(inputs=inputs, outputs=outputs)


def retinanet(inputs, num_anchors=9):
    features = create_pyramid_features(**backbone(inputs))
    regression = default_regression_model(num_anchors)
    pyramids = keras.layers.Concatenate(axis=1, name="regression")([regression(f) for f in features])
    return keras.models.Model(inputs=inputs, outputs=pyramids)


config = {"min_side": 512, "image": (270, 540)}
scale = config["min_side"] / min(config["image"])
height, width = (round(side * scale) for side in config["image"])
model = retinanet(keras.layers.Input(shape=(height, width, 3)))
print(model.output_shape)
