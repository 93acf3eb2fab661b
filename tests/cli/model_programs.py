"""Programs that build models of every make, for comparing tables."""

PROGRAMS = {
    "branches and a shared layer": """\
        inputs = keras.Input(shape=(32, 32, 3), name="img")
        x = layers.Conv2D(16, 3, activation="relu")(inputs)
        x = layers.BatchNormalization()(x)
        y = layers.Conv2D(16, 3, padding="same")(x)
        z = layers.Add()([x, y])
        shared = layers.Dense(5)
        a = shared(layers.Flatten()(z))
        b = layers.GlobalAveragePooling2D()(z)
        c = layers.Concatenate()([a, b])
        model = keras.Model(inputs, [c, shared(layers.Flatten()(y))], name="net")
        """,
    "a chain": """\
        model = keras.Sequential(
            [keras.Input((28, 28, 1)), layers.Conv2D(8, 3), layers.MaxPooling2D(),
             layers.Flatten(), layers.Dropout(0.5), layers.Dense(10, activation="softmax")]
        )
        """,
    "not built yet": """\
        model = keras.Sequential([layers.Dense(8), layers.Dense(4)])
        """,
    "text": """\
        tokens = keras.Input((None,))
        x = layers.Embedding(1000, 16)(tokens)
        x = layers.Bidirectional(layers.LSTM(8, return_sequences=True))(x)
        y = layers.Attention()([x, x])
        x = layers.LayerNormalization()(layers.Add()([x, y]))
        x = layers.GRU(6)(x)
        model = keras.Model(tokens, layers.Dense(2)(x))
        """,
    "models inside models": """\
        encoder = keras.Sequential([keras.Input((16,)), layers.Dense(8), layers.Dense(4)])
        left, right = keras.Input((16,)), keras.Input((16,))
        merged = layers.Dot(axes=-1)([encoder(left), encoder(right)])
        inner_in = keras.Input((1,))
        inner = keras.Model(inner_in, layers.Dense(3)(inner_in), name="inner")
        model = keras.Model([left, right], inner(merged))
        """,
    "a U-Net with a loop": """\
        inputs = x = keras.Input((64, 64, 3))
        skips = []
        for filters in (8, 16):
            x = layers.Conv2D(filters, 3, padding="same")(x)
            skips.append(x)
            x = layers.MaxPooling2D()(x)
        for filters, skip in zip((16, 8), reversed(skips)):
            x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
            x = layers.concatenate([x, skip])
            x = layers.SeparableConv2D(filters, 3, padding="same")(x)
        model = keras.Model(inputs, layers.Conv2D(1, 1)(x))
        """,
    "frozen layers": """\
        base = keras.applications.MobileNetV2(
            weights=None, include_top=False, input_shape=(96, 96, 3)
        )
        base.trainable = False
        for layer in base.layers[-8:]:
            layer.trainable = True
        x = layers.Dense(7, trainable=False)(base.output)
        x = layers.BatchNormalization()(x)
        model = keras.Model(base.input, layers.Dense(2)(x))
        """,
    "a frozen model inside a model": """\
        inner = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.BatchNormalization()])
        inner.trainable = False
        inner.layers[0].trainable = True
        model = keras.Sequential([keras.Input((4,)), inner, layers.Dense(2)])
        """,
    "wrapped and frozen": """\
        inputs = keras.Input((5, 8))
        x = layers.TimeDistributed(layers.BatchNormalization())(inputs)
        x = layers.TimeDistributed(layers.Dense(3, trainable=False))(x)
        wrapper = layers.Bidirectional(layers.LSTM(4))
        x = wrapper(x)
        wrapper.trainable = False
        x = layers.SpectralNormalization(layers.Dense(6))(x)
        model = keras.Model(inputs, layers.Normalization()(x))
        """,
    "an application": """\
        model = keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3))
        """,
}
HEAD = "import keras\nfrom keras import layers\n"
