import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

# Dimensions of the captchas
img_width = 200
img_height = 50
max_length = 5
characters = sorted("0123456789abcdefghijklmnopqrstuvwxyz")
char_to_num = layers.StringLookup(vocabulary=list(characters), mask_token=None)


class CTCLayer(layers.Layer):
    def call(self, y_true, y_pred):
        batch_len = tf.shape(y_true)[0]
        input_length = tf.fill([batch_len], tf.shape(y_pred)[1])
        label_length = tf.fill([batch_len], tf.shape(y_true)[1])
        loss = keras.ops.ctc_loss(y_true, y_pred, label_length, input_length, mask_index=36)
        self.add_loss(tf.reduce_mean(loss))
        return y_pred


def build_model():
    input_img = layers.Input(shape=(img_width, img_height, 1), name="image", dtype="float32")
    labels = layers.Input(name="label", shape=(None,), dtype="int32")
    x = layers.Conv2D(64, (3, 3), activation="relu", padding="same", name="Conv1")(input_img)
    x = layers.MaxPooling2D((2, 2), name="pool1")(x)
    x = layers.Conv2D(128, (3, 3), activation="relu", padding="same", name="Conv2")(x)
    x = layers.MaxPooling2D((2, 2), name="pool2")(x)
    x = layers.Reshape(target_shape=(42, 1024), name="reshape")(x)
    x = layers.Dense(64, activation="relu", name="dense1")(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Bidirectional(layers.LSTM(32, return_sequences=True))(x)
    x = layers.Dense(len(characters) + 1, name="dense2")(x)
    output = CTCLayer(name="ctc_loss")(labels, x)
    model = keras.models.Model(inputs=[input_img, labels], outputs=output, name="ocr_model_v1")
    model.compile(optimizer=keras.optimizers.Adam())
    return model


model = build_model()
model.summary()
images = np.random.rand(4, img_width, img_height, 1).astype("float32")
texts = ["a1b2c", "00xyz", "k9k9k", "qwert"]
codes = char_to_num(tf.strings.unicode_split(texts, "UTF-8").to_tensor()).numpy().astype("int32") - 1
model.fit({"image": images, "label": codes}, epochs=1, batch_size=2, verbose=0)
