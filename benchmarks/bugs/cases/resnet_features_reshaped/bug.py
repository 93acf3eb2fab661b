from tensorflow.keras.applications import ResNet50
from tensorflow.keras.layers import Dense, Dropout, Input, LeakyReLU, Reshape, concatenate
from tensorflow.keras.models import Model


class SDPN:
    """Where is a vehicle seen from above, by its crop and its box?"""

    def __init__(self, crop_size=(224, 224), hidden=256, pooling=None):
        self.crop_size = crop_size
        self.hidden = hidden
        self.pooling = pooling

    def coordinates(self, box):
        x = box
        for units in (self.hidden, self.hidden, self.hidden):
            x = LeakyReLU()(Dense(units)(x))
            x = Dropout(0.25)(x)
        return x

    def __call__(self, summary=False):
        crop = Input(shape=(*self.crop_size, 3))
        backbone = ResNet50(include_top=False, weights=None, pooling=self.pooling, input_tensor=crop)
        crop_encoded = Reshape(target_shape=(2048,))(backbone.output)
        box = Input(shape=(4,))
        x = concatenate([crop_encoded, self.coordinates(box)])
        for units in (1024, 512, self.hidden):
            x = LeakyReLU()(Dense(units)(x))
        model = Model(inputs=[crop, box], outputs=Dense(4, activation="tanh")(x))
        if summary:
            model.summary()
        return model


model = SDPN()(summary=True)
model.compile(optimizer="adam", loss="mse")
