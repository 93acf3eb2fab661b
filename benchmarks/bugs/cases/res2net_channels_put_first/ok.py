from tensorflow import keras
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Input, Lambda, add, concatenate


def res2net_block(num_filters, slice_num):
    def layer(input_tensor):
        short_cut = input_tensor
        x = Conv2D(num_filters, (1, 1), padding="same", kernel_initializer="he_normal")(input_tensor)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
        width = num_filters // slice_num
        slices = [Lambda(lambda t, i=i: t[..., i * width:(i + 1) * width])(x) for i in range(slice_num)]
        parts = [slices[0]]
        previous = None
        for i in range(1, slice_num):
            part = slices[i] if previous is None else add([slices[i], previous])
            filters = width if i < slice_num - 1 else width // 2
            previous = Conv2D(filters, (3, 3), padding="same", name=f"res2_{i}")(part)
            parts.append(previous)
        out = concatenate(parts, axis=-1)
        out = Conv2D(num_filters, (1, 1), padding="same")(out)
        return add([out, short_cut])
    return layer


inputs = Input((300, 8, 64))
x = res2net_block(64, 4)(inputs)
x = keras.layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, keras.layers.Dense(5, activation="softmax")(x))
model.summary()
