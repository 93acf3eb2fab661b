import os
import tempfile

import numpy as np
import tensorflow as tf
from PIL import Image
from tensorflow.keras.layers import BatchNormalization, Conv2D, Conv2DTranspose, Dense, Flatten, LeakyReLU, Reshape

IMAGE_SIZE = 96
BUFFER_SIZE, BATCH_SIZE, noise_dim = 400, 16, 100
work = tempfile.mkdtemp()
for number in range(32):
    Image.fromarray(np.random.randint(0, 255, (120, 110, 3), dtype=np.uint8)).save(os.path.join(work, f'{number}.png'))

training_binary_path = os.path.join(work, f'training_data_{IMAGE_SIZE}_{IMAGE_SIZE}.npy')
if not os.path.isfile(training_binary_path):
    training_data = []
    for filename in sorted(f for f in os.listdir(work) if f.endswith('.png')):
        path = os.path.join(work, filename)
        image = Image.open(path).convert('RGB').resize((IMAGE_SIZE, IMAGE_SIZE), Image.LANCZOS)
        training_data.append(np.asarray(image))
    training_data = np.array(training_data).astype(np.float32)
    training_data = training_data / 127.5 - 1.
    np.save(training_binary_path, training_data)
else:
    training_data = np.load(training_binary_path)
train_dataset = tf.data.Dataset.from_tensor_slices(training_data).shuffle(BUFFER_SIZE).batch(BATCH_SIZE)


def build_generator():
    return tf.keras.Sequential([
        tf.keras.Input((noise_dim,)),
        Dense(12 * 12 * 64, use_bias=False), BatchNormalization(), LeakyReLU(),
        Reshape((12, 12, 64)),
        Conv2DTranspose(32, 5, strides=2, padding='same'), LeakyReLU(),
        Conv2DTranspose(16, 5, strides=2, padding='same'), LeakyReLU(),
        Conv2DTranspose(3, 5, strides=2, padding='same', activation='tanh'),
    ])


def build_discriminator():
    model = tf.keras.Sequential()
    model.add(Conv2D(32, 5, strides=2, padding='same', input_shape=[IMAGE_SIZE, IMAGE_SIZE, 3]))
    model.add(LeakyReLU())
    model.add(Conv2D(64, 5, strides=2, padding='same'))
    model.add(LeakyReLU())
    model.add(Flatten())
    model.add(Dense(1))
    return model


generator, discriminator = build_generator(), build_discriminator()
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)
d_optimizer = tf.keras.optimizers.Adam(1e-4)


@tf.function
def train_step(images):
    noise = tf.random.normal([BATCH_SIZE, noise_dim])
    with tf.GradientTape() as tape:
        generated = generator(noise, training=True)
        real_output = discriminator(images, training=True)
        fake_output = discriminator(generated, training=True)
        loss = cross_entropy(tf.ones_like(real_output), real_output) + cross_entropy(tf.zeros_like(fake_output), fake_output)
    d_optimizer.apply_gradients(zip(tape.gradient(loss, discriminator.trainable_variables), discriminator.trainable_variables))
    return loss


for image_batch in train_dataset:
    print(float(train_step(image_batch)))
