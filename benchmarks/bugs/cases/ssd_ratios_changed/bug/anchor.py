import itertools
import math

import tensorflow as tf


def generate_default_boxes(config):
    default_boxes = []
    scales, sizes, ratios = config["scales"], config["fm_sizes"], config["ratios"]
    for m, fm_size in enumerate(sizes):
        for i, j in itertools.product(range(fm_size), repeat=2):
            cx, cy = (j + 0.5) / fm_size, (i + 0.5) / fm_size
            default_boxes.append([cx, cy, scales[m], scales[m]])
            between = math.sqrt(scales[m] * scales[m + 1])
            default_boxes.append([cx, cy, between, between])
            for ratio in ratios[m]:
                r = math.sqrt(ratio)
                default_boxes.append([cx, cy, scales[m] * r, scales[m] / r])
                default_boxes.append([cx, cy, scales[m] / r, scales[m] * r])
    return tf.clip_by_value(tf.constant(default_boxes), 0.0, 1.0)
