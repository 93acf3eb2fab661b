import tensorflow as tf


class AttentionUNet:
    def __init__(self, input_shape, num_classes, filters=(16, 32, 64)):
        self.input_shape = input_shape
        self.num_classes = num_classes
        self.filters = filters

    def attention_block(self, input1, input2):
        g = tf.keras.layers.Conv2D(filters=input1.shape[-1], kernel_size=1)(input1)
        x = tf.keras.layers.Conv2D(filters=input1.shape[-1], kernel_size=1)(input2)
        psi = tf.keras.layers.Add()([g, x])
        psi = tf.keras.layers.Activation("relu")(psi)
        psi = tf.keras.layers.Conv2D(filters=1, kernel_size=1)(psi)
        psi = tf.keras.layers.Activation("sigmoid")(psi)
        return tf.keras.layers.Multiply()([input2, psi])

    def conv_block(self, x, filters):
        for _ in range(2):
            x = tf.keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        return x

    def build_model(self):
        inputs = tf.keras.Input(self.input_shape)
        x, skips = inputs, []
        for filters in self.filters[:-1]:
            x = self.conv_block(x, filters)
            skips.append(x)
            x = tf.keras.layers.MaxPooling2D()(x)
        x = self.conv_block(x, self.filters[-1])
        for filters, skip in zip(self.filters[-2::-1], reversed(skips)):
            x = tf.keras.layers.Conv2DTranspose(filters, 2, strides=2)(x)
            x = tf.keras.layers.Concatenate()([x, self.attention_block(x, skip)])
            x = self.conv_block(x, filters)
        outputs = tf.keras.layers.Conv2D(self.num_classes, 1, activation="softmax")(x)
        return tf.keras.Model(inputs, outputs)


model = AttentionUNet((64, 64, 3), 4).build_model()
print(model.output_shape)
