import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, regularizers

FEATURES = 28
BATCH_SIZE = 100
N_TRAIN, N_VALIDATION = 1000, 200

rng = np.random.default_rng(4)
table = rng.normal(size=(N_TRAIN + N_VALIDATION, FEATURES + 1)).astype("float32")
table[:, 0] = table[:, 1] > 0


def pack_row(row):
    label = row[:1]
    features = row[1:]
    return features, label


packed_ds = tf.data.Dataset.from_tensor_slices(table).map(pack_row)
validate_ds = packed_ds.take(N_VALIDATION).cache().batch(BATCH_SIZE)
train_ds = packed_ds.skip(N_VALIDATION).take(N_TRAIN).cache().shuffle(N_TRAIN).repeat().batch(BATCH_SIZE)


def get_optimizer():
    lr_schedule = tf.keras.optimizers.schedules.InverseTimeDecay(
        0.001, decay_steps=10 * N_TRAIN // BATCH_SIZE, decay_rate=1, staircase=False)
    return tf.keras.optimizers.Adam(lr_schedule)


def compile_and_fit(model, max_epochs=2):
    model.compile(
        optimizer=get_optimizer(),
        loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=[
            tf.keras.metrics.BinaryCrossentropy(from_logits=True, name="binary_crossentropy"),
            "accuracy",
        ],
    )
    return model.fit(train_ds, steps_per_epoch=N_TRAIN // BATCH_SIZE, epochs=max_epochs,
                     validation_data=validate_ds, verbose=0)


tiny_model = tf.keras.Sequential([
    layers.Input((FEATURES,)),
    layers.Dense(16, activation="elu", kernel_regularizer=regularizers.l2(0.001)),
    layers.Dense(1),
])
print(compile_and_fit(tiny_model).history["val_loss"])
