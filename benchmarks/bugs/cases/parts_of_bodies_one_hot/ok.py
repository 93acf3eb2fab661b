import tensorflow as tf
from tensorflow.keras import layers

batch_size = 2
H, W = 64, 64
num_classes = 14


def random_crop(image, mask):
    both = tf.concat([image, mask], axis=-1)
    both = tf.image.random_crop(both, (H, W, 4))
    return both[..., :3], both[..., 3:]


def load_data(image, mask):
    image, mask = random_crop(tf.cast(image, tf.float32), tf.cast(mask, tf.float32))
    if tf.random.uniform(()) > 0.5:
        image, mask = tf.image.flip_left_right(image), tf.image.flip_left_right(mask)
    return image / 127.5 - 1, tf.cast(tf.squeeze(mask, -1), tf.int32)


photos = tf.random.uniform((6, 80, 96, 3), 0, 255, dtype=tf.int32)
masks = tf.random.uniform((6, 80, 96, 1), 0, num_classes, dtype=tf.int32)
train = (
    tf.data.Dataset.from_tensor_slices((photos, masks))
    .shuffle(6)
    .map(load_data, num_parallel_calls=tf.data.AUTOTUNE)
    .batch(batch_size, drop_remainder=True)
    .prefetch(tf.data.AUTOTUNE)
)


def aspp(tensor):
    dims = tensor.shape
    y_pool = layers.AveragePooling2D(pool_size=(dims[1], dims[2]))(tensor)
    y_pool = layers.Conv2D(32, 1, padding="same")(y_pool)
    y_pool = layers.UpSampling2D((dims[1], dims[2]), interpolation="bilinear")(y_pool)
    branches = [y_pool] + [
        layers.Conv2D(32, 1 if rate == 1 else 3, dilation_rate=rate, padding="same")(tensor)
        for rate in (1, 2, 4)
    ]
    return layers.Conv2D(32, 1)(layers.concatenate(branches))


inputs = layers.Input((H, W, 3))
low = layers.Conv2D(16, 3, strides=4, padding="same", activation="relu")(inputs)
x = layers.Conv2D(32, 3, strides=4, padding="same", activation="relu")(low)
x = layers.UpSampling2D(4, interpolation="bilinear")(aspp(x))
x = layers.concatenate([x, layers.Conv2D(16, 1)(low)])
x = layers.UpSampling2D(4, interpolation="bilinear")(layers.Conv2D(num_classes, 1)(x))
model = tf.keras.Model(inputs, x, name="DeepLabV3_Plus")
model.compile(
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    optimizer=tf.keras.optimizers.Adam(1e-4))
model.fit(train, epochs=1)
