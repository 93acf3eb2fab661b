import tensorflow as tf
from tensorflow.keras import layers


class GraphAttention(layers.Layer):
    def __init__(self, channels, attn_heads=1, concat_heads=True, residual=False, **kwargs):
        super().__init__(**kwargs)
        self.channels = channels
        self.attn_heads = attn_heads
        self.concat_heads = concat_heads
        self.residual = residual
        self.output_dim = channels * attn_heads if concat_heads else channels

    def build(self, input_shape):
        features = input_shape[0][-1]
        self.kernels, self.attn_self, self.attn_neigh = [], [], []
        for head in range(self.attn_heads):
            self.kernels.append(self.add_weight(shape=(features, self.channels), name=f"kernel_{head}"))
            self.attn_self.append(self.add_weight(shape=(self.channels, 1), name=f"self_{head}"))
            self.attn_neigh.append(self.add_weight(shape=(self.channels, 1), name=f"neigh_{head}"))
        if self.residual:
            self.skip = self.add_weight(shape=(features, self.output_dim), name="skip")
        self.built = True

    def call(self, inputs):
        x, a = inputs
        outputs = []
        for kernel, own, neigh in zip(self.kernels, self.attn_self, self.attn_neigh):
            h = tf.matmul(x, kernel)
            logits = tf.matmul(h, own) + tf.transpose(tf.matmul(h, neigh), (0, 2, 1))
            logits = tf.nn.leaky_relu(logits, 0.2)
            logits += -1e9 * (1.0 - a)
            alpha = tf.nn.softmax(logits)
            outputs.append(tf.matmul(alpha, h))
        if self.concat_heads:
            out = tf.concat(outputs, axis=-1)
        else:
            out = tf.add_n(outputs) / float(self.attn_heads)
        if self.residual:
            out = out + tf.matmul(x, self.skip)
        return tf.nn.elu(out)


N, F, n_classes = 15, 6, 7
X_in = layers.Input(batch_shape=(None, N, F))
A_in = layers.Input(batch_shape=(None, N, N))
h = layers.Dropout(0.6)(X_in)
h = GraphAttention(8, attn_heads=8, residual=True)([h, A_in])
h = layers.Dropout(0.6)(h)
h = GraphAttention(n_classes, attn_heads=1, concat_heads=False)([h, A_in])
model = tf.keras.Model([X_in, A_in], layers.GlobalAveragePooling1D()(h))
