import yaml
from tensorflow.keras import layers, Model

with open("config.yaml") as handle:
    cfg = yaml.safe_load(handle)


def double_conv(x, filters, dropout=0.0):
    for _ in range(2):
        x = layers.Conv2D(filters, cfg["model"]["kernel"], padding="same", activation="relu")(x)
    return layers.Dropout(dropout)(x) if dropout else x


def build(model_cfg, image_cfg):
    inputs = layers.Input((image_cfg["height"], image_cfg["width"], image_cfg["channels"]))
    x, skips = inputs, []
    for filters in model_cfg["encoder"]:
        x = double_conv(x, filters, model_cfg.get("dropout", 0))
        skips.append(x)
        x = layers.MaxPool2D()(x)
    x = double_conv(x, model_cfg["bottleneck"])
    for filters, skip in zip(reversed(model_cfg["encoder"]), reversed(skips)):
        x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
        x = layers.concatenate([x, skip])
        x = double_conv(x, filters)
    return Model(inputs, layers.Conv2D(image_cfg["classes"], 1, activation="softmax")(x))


model = build(cfg["model"], cfg["image"])
model.summary()
