import tensorflow as tf
import yaml

from anchor import generate_default_boxes
from network import SSD

NUM_CLASSES = 21

with open("config.yml") as f:
    config = yaml.safe_load(f)["SSD128"]

default_boxes = generate_default_boxes(config)
n_boxes = default_boxes.shape[0]
size = config["image_size"]


def batches(steps=2, batch_size=2):
    for _ in range(steps):
        imgs = tf.random.uniform((batch_size, size, size, 3))
        gt_confs = tf.random.uniform((batch_size, n_boxes), maxval=NUM_CLASSES, dtype=tf.int64)
        yield imgs, gt_confs, tf.zeros((batch_size, n_boxes, 4))


ssd = SSD(NUM_CLASSES)
optimizer = tf.keras.optimizers.SGD(1e-3, momentum=0.9)
cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")
smooth_l1 = tf.keras.losses.Huber(reduction="none")

for imgs, gt_confs, gt_locs in batches():
    with tf.GradientTape() as tape:
        confs, locs = ssd(imgs)
        conf_loss = tf.reduce_sum(cross_entropy(gt_confs, confs))
        loc_loss = tf.reduce_sum(smooth_l1(gt_locs, locs))
        loss = conf_loss + loc_loss
    gradients = tape.gradient(loss, ssd.trainable_variables)
    optimizer.apply_gradients(zip(gradients, ssd.trainable_variables))
    print("loss", float(loss))
