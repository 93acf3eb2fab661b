import numpy as np
from tensorflow import keras

FIELDS = [f"field_{i}" for i in range(1, 9)]


class FrameIterator(keras.utils.PyDataset):
    """Images and the columns of a table."""

    def __init__(self, rows, y_col, target_size=(75, 75), batch_size=8, **kwargs):
        super().__init__(**kwargs)
        self.rows, self.y_col = rows, y_col
        self.target_size, self.batch_size = target_size, batch_size
        self.table = {name: np.random.randint(0, 2, rows) for name in y_col}

    def __len__(self):
        return -(-self.rows // self.batch_size)

    def __getitem__(self, index):
        start = index * self.batch_size
        stop = min(start + self.batch_size, self.rows)
        images = np.random.rand(stop - start, *self.target_size, 3)
        columns = [self.table[name][start:stop] for name in self.y_col]
        return images, tuple(columns)


def xception_with_heads(heads):
    trained_model = keras.applications.Xception(include_top=False, weights=None, input_shape=(75, 75, 3), pooling="max")
    outputs = []
    for i in range(heads):
        outputs.append(keras.layers.Dense(1, activation="sigmoid", name=f"out_{i}")(trained_model.output))
    return keras.Model(inputs=trained_model.input, outputs=outputs)


model = xception_with_heads(len(FIELDS))
model.compile(optimizer="sgd", loss=["binary_crossentropy"] * len(FIELDS))
train_batches = FrameIterator(8, FIELDS, batch_size=4)
model.fit(train_batches, epochs=1)
