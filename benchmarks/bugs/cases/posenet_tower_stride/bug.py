import argparse

from tensorflow.keras import Model, layers


def conv_bn(x, filters, size, strides=1, name=None):
    x = layers.Conv2D(filters, size, strides=strides, padding="same", name=name)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


class TowerSpec:
    def __init__(self, direct, three, five, pool):
        self.direct = direct
        self.three = three
        self.five = five
        self.pool = pool

    @property
    def branches(self):
        return [(1, self.direct, 1), (3, self.three, 3), (5, self.five, 5)]


def icp_block(x, spec, tag):
    outputs = []
    for size, filters, strides in spec.branches:
        y = conv_bn(x, filters // 2, 1, name=f"{tag}_reduce{size}")
        outputs.append(conv_bn(y, filters, size, strides=strides, name=f"{tag}_out{size}"))
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    outputs.append(conv_bn(pooled, spec.pool, 1, name=f"{tag}_pool"))
    return layers.concatenate(outputs, axis=-1, name=f"{tag}_concat")


def create_posenet(size):
    image = layers.Input((size, size, 3))
    x = conv_bn(image, 32, 7, strides=4)
    x = icp_block(x, TowerSpec(64, 128, 32, 32), "icp1")
    x = layers.GlobalAveragePooling2D()(x)
    xyz = layers.Dense(3, name="xyz")(x)
    wpqr = layers.Dense(4, name="wpqr")(x)
    return Model(image, [xyz, wpqr])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=52)
    args = parser.parse_args()
    create_posenet(args.size).summary()
