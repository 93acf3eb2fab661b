import numpy as np


def np_to_photo(pixels, target_size):
    """The nearest pixels."""
    rows = np.linspace(0, pixels.shape[0] - 1, target_size[0]).astype(int)
    columns = np.linspace(0, pixels.shape[1] - 1, target_size[1]).astype(int)
    return pixels[np.ix_(rows, columns)]


def img_to_array(img):
    return np.asarray(img, dtype="float32")
