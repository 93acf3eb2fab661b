import numpy as np
from tensorflow.keras.layers import Dense, Flatten, Input, concatenate
from tensorflow.keras.models import Model


def data_gen(top_dim, bot_dim, batch_size=16):
    """Batches of two images each and their label."""
    while True:
        batch_imgs = []
        batch_labels = []
        for _ in range(batch_size):
            pix = np.random.randint(100, 256)
            top_img = np.full(top_dim, pix)
            bot_img = np.full(bot_dim, pix)
            batch_imgs.append([top_img, bot_img])
            batch_labels.append(np.random.choice([0, 1]))
        tops, bots = zip(*batch_imgs)
        yield (np.array(tops), np.array(bots)), np.array(batch_labels)


def get_compiled_model(top_dim, bot_dim):
    top = Input(top_dim)
    bot = Input(bot_dim)
    x = concatenate([Dense(8)(Flatten()(top)), Dense(8)(Flatten()(bot))])
    model = Model([top, bot], Dense(1, activation="sigmoid")(x))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


top_dim, bot_dim = (5, 5), (3, 3)
model = get_compiled_model(top_dim, bot_dim)
model.fit(data_gen(top_dim, bot_dim), steps_per_epoch=4, epochs=1)
