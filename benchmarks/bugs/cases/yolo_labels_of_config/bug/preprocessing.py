import numpy as np
from keras.utils import PyDataset

LABELS = ["kangaroo", "raccoon"]


class BatchGenerator(PyDataset):
    def __init__(self, images, config, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.images = images
        self.batch_size = batch_size
        self.grid = config["grid"]
        self.boxes = len(config["anchors"]) // 2
        self.n_class = len(LABELS)

    def __len__(self):
        return int(np.ceil(len(self.images) / self.batch_size))

    def __getitem__(self, idx):
        x_batch = self.images[idx * self.batch_size:(idx + 1) * self.batch_size]
        y_batch = np.zeros((len(x_batch), self.grid, self.grid, self.boxes, 4 + 1 + self.n_class))
        for instance in range(len(x_batch)):
            y_batch[instance, 2, 3, 0, 0:4] = 1.0, 1.0, 2.5, 3.0
            y_batch[instance, 2, 3, 0, 4] = 1.0
            y_batch[instance, 2, 3, 0, 5] = 1
        return x_batch, y_batch
