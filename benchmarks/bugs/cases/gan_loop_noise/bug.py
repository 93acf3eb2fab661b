import tensorflow as tf
from tensorflow.keras import layers

latent = 100
generator = tf.keras.Sequential([
    layers.Input((latent,)),
    layers.Dense(7 * 7 * 16, activation="relu"),
    layers.Reshape((7, 7, 16)),
    layers.Conv2DTranspose(8, 4, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(1, 4, strides=1, padding="same", activation="tanh"),
])
discriminator = tf.keras.Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(8, 4, strides=2, padding="same"),
    layers.Flatten(),
    layers.Dense(1),
])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(1e-4)

def train_step(real):
    noise = tf.random.normal([real.shape[0], latent])
    with tf.GradientTape() as tape:
        fake = generator(noise, training=True)
        score = discriminator(fake, training=True)
        loss = bce(tf.ones_like(score), score)
    grads = tape.gradient(loss, generator.trainable_variables)
    opt.apply_gradients(zip(grads, generator.trainable_variables))
    return loss

print(train_step(tf.zeros((16, 28, 28, 1))))
