import numpy as np
import tensorflow as tf

commands = ["up", "down", "left", "right"]
SECOND = 16000


def recordings():
    for i in range(32):
        length = SECOND if i % 8 else SECOND // 2
        yield np.random.uniform(-1, 1, length).astype("float32"), i % len(commands)


def get_spectrogram(waveform, label):
    spectrogram = tf.abs(tf.signal.stft(waveform, frame_length=255, frame_step=128))
    return tf.expand_dims(spectrogram, -1), label


waveform_ds = tf.data.Dataset.from_generator(
    recordings,
    output_signature=(
        tf.TensorSpec(shape=(None,), dtype=tf.float32),
        tf.TensorSpec(shape=(), dtype=tf.int32),
    ),
)
spectrogram_ds = waveform_ds.map(get_spectrogram, num_parallel_calls=tf.data.AUTOTUNE)

model = tf.keras.models.Sequential([
    tf.keras.layers.Input(shape=(124, 129, 1)),
    tf.keras.layers.Resizing(32, 32),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(len(commands)),
])
model.compile(
    optimizer=tf.keras.optimizers.Adam(),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
model.fit(spectrogram_ds.batch(8), epochs=1)
