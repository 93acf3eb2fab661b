"""Programs that build with published packages; each was run in TensorFlow with both heads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OnPackage:
    """``HEAD`` in the text is replaced by the part that differs; ``line`` is that of the merge."""

    package: str
    keras: str
    line: int
    text: str
    broken_head: str
    working_head: str

    @property
    def broken(self) -> str:
        return self.text.replace("HEAD", self.broken_head)

    @property
    def working(self) -> str:
        return self.text.replace("HEAD", self.working_head)


PROGRAMS = {
    "unet_collection": OnPackage(
        "keras_unet_collection", "3", 10,
        """\
import keras
from keras import layers
from keras_unet_collection import models

unet = models.unet_2d((128, 128, 3), [16, 32, 64],
    n_labels=2, stack_num_down=1, stack_num_up=1,
    output_activation="Softmax", batch_norm=True,
    pool=False, unpool=False, name="unet")
mask = keras.Input((HEAD, 2))
merged = layers.Concatenate()([unet.outputs[0], mask])
model = keras.Model([unet.input, mask], merged)
""",
        "64, 64", "128, 128",
    ),
    "tcn_sum": OnPackage(
        "tcn", "3", 7,
        """\
import keras
from tcn import TCN

i = keras.Input((50, 8))
a = TCN(nb_filters=24, kernel_size=3, return_sequences=HEAD)(i)
b = keras.layers.LSTM(24)(i)
out = keras.layers.Concatenate()([a, b])
model = keras.Model(i, out)
""",
        "True", "False",
    ),
    "kecam_features": OnPackage(
        "keras_cv_attention_models", "2", 7,
        """\
import tensorflow as tf
from keras_cv_attention_models import mobilenetv3

net = mobilenetv3.MobileNetV3Small100(
    input_shape=(64, 64, 3), num_classes=0, pretrained=None)
skip = tf.keras.layers.Conv2D(576, 1, strides=HEAD, padding="same")(net.input)
out = tf.keras.layers.Add()([net.output, skip])
""",
        "16", "32",
    ),
    "self_attention": OnPackage(
        "keras_self_attention", "2", 8,
        """\
import tensorflow as tf
from keras_self_attention import SeqSelfAttention

i = tf.keras.Input((20,))
e = tf.keras.layers.Embedding(100, 32)(i)
a = SeqSelfAttention(attention_activation="sigmoid")(e)
b = tf.keras.layers.Conv1D(32, 3, padding="HEAD")(e)
out = tf.keras.layers.Add()([a, b])
""",
        "valid", "same",
    ),
    "segmentation_unet": OnPackage(
        "segmentation_models", "2", 9,
        """\
import os
os.environ["SM_FRAMEWORK"] = "tf.keras"
import segmentation_models as sm
import tensorflow as tf

base = sm.Unet("resnet18", input_shape=(64, 64, 3), classes=4,
    activation=None, encoder_weights=None)
edges = tf.keras.layers.Conv2D(HEAD, 1)(base.input)
out = tf.keras.layers.Add()([base.output, edges])
""",
        "3", "4",
    ),
    "efficientnet_map": OnPackage(
        "efficientnet", "2", 6,
        """\
import tensorflow as tf
import efficientnet.tfkeras as efn

net = efn.EfficientNetB0(input_shape=(64, 64, 3), include_top=False, weights=None)
side = tf.keras.layers.AveragePooling2D(HEAD)(net.input)
out = tf.keras.layers.Concatenate()([net.output, side])
""",
        "16", "32",
    ),
    "deepctr_layers": OnPackage(
        "deepctr", "2", 8,
        """\
import tensorflow as tf
from deepctr.layers.core import DNN
from deepctr.layers.interaction import CrossNet

x = tf.keras.Input((24,))
deep = DNN((64, HEAD))(x)
cross = CrossNet(2)(x)
out = tf.keras.layers.Add()([deep, cross])
""",
        "32", "24",
    ),
    "hub_encoder": OnPackage(
        "keras_hub", "3", 8,
        """\
import keras
from keras_hub.layers import TransformerEncoder, TokenAndPositionEmbedding

i = keras.Input((30,))
e = TokenAndPositionEmbedding(1000, 30, 64)(i)
h = TransformerEncoder(intermediate_dim=128, num_heads=4)(e)
g = keras.layers.GRU(HEAD, return_sequences=True)(e)
out = keras.layers.Add()([h, g])
""",
        "32", "64",
    ),
    "classifiers_resnet": OnPackage(
        "classification_models", "2", 8,
        """\
import tensorflow as tf
from classification_models.tfkeras import Classifiers

ResNet18, preprocess = Classifiers.get("resnet18")
net = ResNet18((64, 64, 3), include_top=False, weights=None)
x = tf.keras.layers.GlobalAveragePooling2D()(net.output)
meta = tf.keras.Input((HEAD,))
out = tf.keras.layers.Multiply()([x, meta])
""",
        "10", "512",
    ),
    "vit_features": OnPackage(
        "vit_keras", "3", 7,
        """\
import keras
from vit_keras import vit

net = vit.vit_b16(image_size=64, pretrained=False,
    include_top=False, pretrained_top=False)
meta = keras.Input((HEAD,))
out = keras.layers.Add()([net.output, meta])
""",
        "64", "768",
    ),
}  # fmt: skip
