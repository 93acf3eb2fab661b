from keras import Input, Model, layers


def build(n_users, n_items, dim, item_dim):
    u = Input((1,))
    i = Input((1,))
    ue = layers.Flatten()(layers.Embedding(n_users, dim)(u))
    ie = layers.Flatten()(layers.Embedding(n_items, item_dim)(i))
    score = layers.Dot(axes=1)([ue, ie])
    return Model([u, i], score)
