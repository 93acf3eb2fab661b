from keras.applications import VGG16
from keras.layers import Activation, BatchNormalization, Dense, Dot, Flatten, GlobalAveragePooling2D, Input, Reshape, concatenate
from keras.models import Model

emb_dim = 512
nb_classes = 200
nb_attributes = {"bill": 9, "wing": 24, "tail": 6}


def attribute_branch(x, name, count):
    x = Dense(emb_dim, name=f"{name}_embedding")(x)
    x = Activation("relu")(BatchNormalization()(x))
    return x, Dense(count, activation="softmax", name=name)(x)


img_input = Input((128, 128, 3))
backbone = VGG16(include_top=False, weights=None, input_tensor=img_input)
regions = Reshape((-1, 512), name="regions")(backbone.output)
pooled = GlobalAveragePooling2D()(backbone.output)

attended, outputs = [], []
for name, count in nb_attributes.items():
    embedding, prediction = attribute_branch(pooled, name, count)
    weights = Activation("softmax", name=f"{name}_weights")(Dot(axes=(1, 1))([regions, embedding]))
    attended.append(Dot(axes=(1, 1), name=f"{name}_attended")([regions, weights]))
    outputs.append(prediction)

merged = concatenate(attended + [Flatten()(pooled)])
outputs.append(Dense(nb_classes, activation="softmax", name="p0")(merged))
model = Model(img_input, outputs)
model.summary()
