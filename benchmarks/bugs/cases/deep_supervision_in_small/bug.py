import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def conv_stack(X, channel, stack_num, activation="ReLU", name="conv"):
    for i in range(stack_num):
        X = layers.Conv2D(channel, 3, padding="same", use_bias=False, name=f"{name}_{i}")(X)
        X = layers.BatchNormalization(name=f"{name}_{i}_bn")(X)
        X = getattr(layers, activation)(name=f"{name}_{i}_activation")(X)
    return X


def unet_3plus_2d(input_size, n_labels, filter_num_down, aggregate=16, stack_num_down=1, stack_num_up=1,
                  activation="ReLU", output_activation="Sigmoid", deep_supervision=False):
    depth = len(filter_num_down)
    inputs = layers.Input(input_size)
    X, encoded = inputs, []
    for i, f in enumerate(filter_num_down):
        if i:
            X = layers.MaxPooling2D(2, name=f"down_{i}_pool")(X)
        X = conv_stack(X, f, stack_num_down, activation, name=f"down_{i}")
        encoded.append(X)
    decoded = {depth - 1: encoded[-1]}
    for i in range(depth - 2, -1, -1):
        sources = []
        for j in range(depth):
            source = decoded[j] if j > i else encoded[j]
            if j > i:
                source = layers.UpSampling2D(2 ** (j - i), name=f"up_{i}_from_{j}")(source)
            elif j < i:
                source = layers.MaxPooling2D(2 ** (i - j), name=f"up_{i}_from_{j}")(source)
            sources.append(conv_stack(source, 8, 1, activation, name=f"skip_{i}_{j}"))
        X = layers.concatenate(sources, name=f"up_{i}_concat")
        decoded[i] = conv_stack(X, aggregate, stack_num_up, activation, name=f"up_{i}_aggregate")
    heads = []
    for i in range(depth - 1 if deep_supervision else 1):
        X = layers.Conv2D(n_labels, 3, padding="same", name=f"output_sup{i}")(decoded[i])
        heads.append(layers.Activation(output_activation.lower(), name=f"output_{i}")(X))
    return models.Model(inputs, heads if deep_supervision else heads[0])


unet3plus = unet_3plus_2d((64, 64, 3), n_labels=1, filter_num_down=[8, 16, 16, 32], deep_supervision=True)
unet3plus.compile(
    loss=["binary_crossentropy"] * len(unet3plus.outputs),
    loss_weights=[1.0, 0.5, 0.25],
    optimizer=tf.keras.optimizers.Adam(1e-4),
)
images = np.random.rand(8, 64, 64, 3)
masks = (np.random.rand(8, 64, 64, 1) > 0.5).astype("float32")
unet3plus.train_on_batch(images, [masks] * len(unet3plus.outputs))
