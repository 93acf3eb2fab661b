import numpy as np
import pandas as pd
from tensorflow.keras.layers import Dense, Dot, Embedding, Flatten, Input
from tensorflow.keras.models import Model

ratings = pd.DataFrame({
    "user": np.random.randint(0, 20, 300), "movie": np.random.randint(0, 30, 300), "rating": np.random.rand(300) * 5,
})
train = ratings[:240]
test = ratings[240:]
u, m = Input((1,)), Input((1,))
uv = Flatten()(Embedding(20, 8)(u))
mv = Flatten()(Embedding(30, 8)(m))
model = Model([u, m], Dot(axes=1)([uv, mv]))
model.compile("adam", "mse")
model.fit([train.user, train.movie], train.rating, epochs=1, verbose=0)
model.evaluate([test.user, test.movie], ratings.rating, verbose=0)
