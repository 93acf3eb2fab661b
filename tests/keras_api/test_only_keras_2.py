"""Which names in a program tell that it is for Keras 2."""

from __future__ import annotations

import json

import pytest

from kerasmergelint.keras_api import keras_2
from kerasmergelint.keras_api.keras_2 import only_name
from kerasmergelint.keras_api.signatures import DATA

TABLES: dict[str, dict[str, list[str]]] = json.loads((DATA / "modules.json").read_text())
OLD = {
    "from keras.preprocessing.image import (\n    load_img,\n    Iterator,\n)": "Iterator",
    "from keras.utils import to_categorical, multi_gpu_model as split": "multi_gpu_model",
    "from tensorflow.keras.models import Sequential, \\\n    model_from_yaml": "model_from_yaml",
    "from tensorflow.keras.layers.experimental import preprocessing": "keras.layers.experimental",
    "from tensorflow.keras.wrappers.scikit_learn import KerasClassifier": "keras.wrappers.scikit_learn",
    "from tensorflow.keras.engine import Layer": "keras.engine",
    "from keras.saving.hdf5_format import load_subset_weights_from_hdf5_group": "keras.saving.hdf5_format",
    "import keras.layers.core": "keras.layers.core",
    "from tensorflow.keras import layers\nlayers.experimental.preprocessing.Rescaling(2)": (
        "layers.experimental.preprocessing"
    ),
    "import tensorflow as tf\ntf.keras.experimental.CosineDecay(1, 2)": "keras.experimental.CosineDecay",
    "import tensorflow as tf\nconfig = tf.ConfigProto()": "tf.ConfigProto",
    "model.compile(optimizers.Adam(beta_1=0.5, lr=1e-3), 'mse')": "Adam(lr=...)",
    "print(model_2.optimizer.lr)": "optimizer.lr",
    "K.set_value(self.model.optimizer.lr, 1e-3)": "optimizer.lr",
    "model.fit_generator(batches)": "fit_generator",
    "from keras import backend as K\nif K.image_dim_ordering() == 'th': pass": "image_dim_ordering",
    "import tensorflow as tf\ntf.layers.dense(x, 3)": "tf.layers.dense",
    "from keras.layers import Dense, merge, concatenate": "merge",
    "from tensorflow.keras import layers\nlayers.LocallyConnected1D(8, 3)": "LocallyConnected1D",
    "optimizer = tf.keras.optimizers.legacy.Adam(1e-3)": "optimizers.legacy",
    "model.save_weights('net.h5')": "save_weights",
    "model.save_weights(f'{folder}/net', overwrite=True)": "save_weights",
    "callbacks = [ModelCheckpoint(os.path.join(folder, 'best.hdf5'), verbose=1)]": "ModelCheckpoint",
    "ModelCheckpoint(path,\n    save_best_only=True, period=5)": "ModelCheckpoint",
    "model.fit(x, y, callbacks=[Log()], use_multiprocessing=True)": "use_multiprocessing",
    "TensorBoard(log_dir=name, write_grads=True)": "TensorBoard",
    "TensorBoard(log_dir=name, histogram_freq=1, batch_size=32)": "TensorBoard",
    "model.fit(x, y, epochs=3, workers=4)": "workers",
    "self.model.save('saved_model/' + name)\nbest_model.save('saved_model')": ".save(",
    "model.save(folder, save_format='tf')": "save_format",
    "model.compile('adam', Loss(), sample_weight_mode='temporal')": "sample_weight_mode",
    "model.compile(adam, experimental_run_tf_function=False)": "experimental_run_tf_function",
    "def call(self, x):\n    self.add_metric(x, name='x')": "add_metric",
    "features = model.layers[3].get_output_at(0)": "get_output_at",
}
OF_BOTH = [
    "from keras.optimizers.legacy import Adam",
    "model.save_weights('net.weights.h5')\nmodel.save_weights(path)\nmodel.save('net.h5')",
    "model.save_weights(f'{name}')\nmodel.save_weights('{}.h5'.format(name))",
    "ModelCheckpoint('best.h5')\nopen('data.hdf5')\nschedule(period=3)",
    "class Batches(PyDataset):\n    def __init__(self):\n        super().__init__(use_multiprocessing=True)",
    "# model.save_weights('net.h5')",
    "model.save('net.keras')\nmodel.save(path)\nimage.save('net.png')\nmodel.save(f'{name}')",
    "pool.fit(x)\nPool(workers=4)\nTensorBoard(name)\nnext(batch_size=3)",
    "class Log:\n    def add_metric(self, x):\n        pass\nLog().add_metric(3)",
    "from tensorflow.keras.preprocessing.image import ImageDataGenerator",
    "from tensorflow.keras.preprocessing import text",
    "from keras.preprocessing.image import load_img",
    "from keras.optimizers.schedules import ExponentialDecay",
    "from keras.applications.vgg16 import VGG16",
    "import keras.layers as KL",
    "from keras.wrappers import SKLearnClassifier",
    "# model.compile(Adam(lr=1e-3))\nmodel.compile(Adam(learning_rate=1e-3))",
    "rate = cfg.model.optimizer.lr\nother = args.optimizer.lr",
    "model.optimizer.lr = 1e-3",  # sets an attribute that nobody reads
    "import torch\noptimizer = torch.optim.Adam(net.parameters(), lr=1e-3)",
    # It may be meant to fail.
    "try:\n    from keras.utils import np_utils\nexcept ImportError:\n    from keras import utils",
    "import tensorflow.compat.v1 as tf\ntf.placeholder('float32')",
    "import tensorflow as tf\nif tf.__version__ < '2':\n    config = tf.ConfigProto()",
]


@pytest.mark.parametrize("text", OLD)
def test_a_name_that_only_keras_2_has(text: str) -> None:
    assert only_name(text) == OLD[text]


@pytest.mark.parametrize("text", OF_BOTH)
def test_names_that_keras_3_has_as_well(text: str) -> None:
    assert only_name(text) is None


def test_the_tables_agree_with_the_modules_of_keras() -> None:
    for path, names in keras_2._ONLY_2.items():
        assert not names & set(TABLES["3"].get(path, ())), path
    packages = {path.partition(".")[0] for path in TABLES["3"]}
    assert not keras_2._OLD_MODULES & packages
    parts = {
        path.partition(".")[2] for path in TABLES["3"] if path.partition(".")[0] in keras_2._FLAT
    }
    assert parts == {"", *keras_2._PARTS}
    spelled = "\n".join(f"tf.{name}.x" for name in TABLES["tensorflow"][""])
    assert not keras_2._OF_TENSORFLOW_1.findall(spelled)


REFUSED = {
    "optimizers.legacy": "keras.optimizers.legacy.Adam()",
    "save_weights": "model.save_weights('net.h5')",
    "ModelCheckpoint": "keras.callbacks.ModelCheckpoint('net.hdf5')",
    "use_multiprocessing": "model.fit(x, x, use_multiprocessing=True)",
    "TensorBoard": "keras.callbacks.TensorBoard('logs', write_grads=True)",
    "workers": "model.fit(x, x, workers=4)",
    ".save(": "model.save('net')",
    "save_format": "model.save('net', save_format='tf')",
    "sample_weight_mode": "model.compile('sgd', 'mse', sample_weight_mode='temporal')",
    "experimental_run_tf_function": "model.compile('sgd', 'mse', experimental_run_tf_function=False)",
    "a period": "keras.callbacks.ModelCheckpoint('net.keras', period=3)",
    "add_metric": "model.add_metric(x, name='x')",
    "get_output_at": "model.get_output_at(0)",
}


@pytest.mark.oracle
@pytest.mark.parametrize("name", REFUSED)
def test_keras_3_refuses_what_tells_of_keras_2(name: str) -> None:
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)])
    model.compile("sgd", "mse")
    assert only_name(REFUSED[name])
    with pytest.raises((ImportError, ValueError, TypeError, AttributeError, NotImplementedError)):
        eval(REFUSED[name], {"keras": keras, "model": model, "x": np.ones((4, 3))})


def test_every_refusal_is_tried() -> None:
    assert keras_2._REFUSED.keys() <= REFUSED.keys()


@pytest.mark.oracle
def test_optimizers_of_keras_3_have_no_short_name_for_their_rate() -> None:
    import keras

    assert not hasattr(keras.optimizers.Adam(), "lr")
