import argparse

from tensorflow.keras import Model
from tensorflow.keras import layers as KL


def find_closest_number_divisible_by_m(n, m):
    q = int(n / m)
    lower = q * m
    higher = (q + 1) * m
    return lower if (n - lower) < (higher - n) else higher


def conv_enc(nb_features, input_shape, nb_levels, conv_size, feat_mult=2, name="unet"):
    conv_layer = getattr(KL, "Conv%dD" % (len(input_shape) - 1))
    maxpool = getattr(KL, "MaxPooling%dD" % (len(input_shape) - 1))
    input_tensor = last_tensor = KL.Input(shape=input_shape, name="%s_input" % name)
    for level in range(nb_levels):
        features = nb_features * feat_mult ** level
        for conv in range(2):
            layer_name = "%s_conv_downarm_%d_%d" % (name, level, conv)
            last_tensor = conv_layer(features, conv_size, padding="same", activation="elu", name=layer_name)(last_tensor)
        if level < nb_levels - 1:
            last_tensor = maxpool(2, name="%s_maxpool_%d" % (name, level), padding="same")(last_tensor)
    return Model(inputs=input_tensor, outputs=last_tensor, name=name)


def conv_dec(enc_model, nb_features, nb_levels, conv_size, nb_labels, feat_mult=2, name="unet"):
    ndims = len(enc_model.output.shape) - 2
    conv_layer = getattr(KL, "Conv%dD" % ndims)
    upsample = getattr(KL, "UpSampling%dD" % ndims)
    last_tensor = enc_model.output
    for level in range(nb_levels - 1):
        features = nb_features * feat_mult ** (nb_levels - 2 - level)
        last_tensor = upsample(2, name="%s_up_%d" % (name, nb_levels + level))(last_tensor)
        conv_name = "%s_conv_downarm_%d_%d" % (name, nb_levels - 2 - level, 1)
        cat_tensor = enc_model.get_layer(conv_name).output
        last_tensor = KL.concatenate([cat_tensor, last_tensor], axis=ndims + 1, name="%s_merge_%d" % (name, level))
        last_tensor = conv_layer(features, conv_size, padding="same", activation="elu")(last_tensor)
    last_tensor = conv_layer(nb_labels, 1, activation="softmax", name="%s_prediction" % name)(last_tensor)
    return Model(enc_model.input, last_tensor)


def build_model(shape, n_levels=4, unet_feat_count=8, conv_size=3, n_labels=11):
    enc = conv_enc(unet_feat_count, [*shape, 1], n_levels, conv_size)
    return conv_dec(enc, unet_feat_count, n_levels, conv_size, n_labels)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cropping", type=int, nargs="*", default=[100, 84, 52])
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    crop = [find_closest_number_divisible_by_m(size, 4) for size in args.cropping]
    net = build_model(crop, n_levels=4)
    net.summary()
