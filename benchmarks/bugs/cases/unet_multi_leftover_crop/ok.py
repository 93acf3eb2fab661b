from keras.layers import Conv2D, Cropping2D, Dropout, Input, MaxPooling2D, UpSampling2D, concatenate
from keras.models import Model
from keras.optimizers import Adam


class myUnet(object):
    def __init__(self, img_rows=512, img_cols=512, classes=3):
        self.img_rows = img_rows
        self.img_cols = img_cols
        self.classes = classes

    def pair(self, filters, x):
        x = Conv2D(filters, 3, activation="relu", padding="same")(x)
        return Conv2D(filters, 3, activation="relu", padding="same")(x)

    def get_unet(self):
        inputs = Input((self.img_rows, self.img_cols, 1))
        conv1 = self.pair(8, inputs)
        pool1 = MaxPooling2D(pool_size=(2, 2))(conv1)
        conv2 = self.pair(16, pool1)
        pool2 = MaxPooling2D(pool_size=(2, 2))(conv2)
        conv3 = self.pair(32, pool2)
        pool3 = MaxPooling2D(pool_size=(2, 2))(conv3)
        conv4 = self.pair(64, pool3)
        drop4 = Dropout(0.5)(conv4)
        pool4 = MaxPooling2D(pool_size=(2, 2))(drop4)
        drop5 = Dropout(0.5)(self.pair(128, pool4))

        up6 = Conv2D(64, 2, activation="relu", padding="same")(UpSampling2D((2, 2))(drop5))
        merge6 = concatenate([drop4, up6], axis=3)
        conv6 = self.pair(64, merge6)
        up7 = UpSampling2D((2, 2))(conv6)
        conv7 = self.pair(32, concatenate([conv3, up7], axis=3))
        up8 = UpSampling2D((2, 2))(conv7)
        conv8 = self.pair(16, concatenate([conv2, up8], axis=3))
        up9 = UpSampling2D((2, 2))(conv8)
        conv9 = self.pair(8, concatenate([conv1, up9], axis=3))
        out = Conv2D(self.classes, 1, activation="softmax")(conv9)
        model = Model(inputs, out)
        model.compile(optimizer=Adam(1e-4), loss="categorical_crossentropy", metrics=["accuracy"])
        return model


myunet = myUnet()
model = myunet.get_unet()
print("got unet", model.count_params())
