from keras import layers, models

import settings
from process import sequences


def build():
    shape = (settings.nt, settings.im_height, settings.im_width, settings.n_channels)
    model = models.Sequential([layers.Input(shape)])
    for filters in settings.stack_sizes[1:]:
        model.add(layers.ConvLSTM2D(filters, 3, padding="same", return_sequences=True))
    model.add(layers.TimeDistributed(layers.Conv2D(settings.n_channels, 1)))
    return model


if __name__ == "__main__":
    X = sequences(4, settings.nt) / 255.0
    model = build()
    model.compile(loss="mean_absolute_error", optimizer="adam")
    model.fit(X, X, batch_size=settings.batch_size, epochs=1)
