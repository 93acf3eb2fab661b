import keras
from keras import layers, ops


class YOLO:
    def __init__(self, config):
        self.nb_box = len(config["anchors"]) // 2
        self.nb_class = len(config["labels"])
        size, grid = config["input_size"], config["grid"]
        image = layers.Input((size, size, 3))
        x = image
        for filters in (8, 16, 32, 64):
            x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
        x = layers.Conv2D(self.nb_box * (4 + 1 + self.nb_class), 1)(x)
        x = layers.Reshape((grid, grid, self.nb_box, 4 + 1 + self.nb_class))(x)
        self.model = keras.Model(image, x)

    def custom_loss(self, y_true, y_pred):
        obj = y_true[..., 4:5]
        loss_xywh = ops.sum(ops.square(y_true[..., :4] - y_pred[..., :4]) * obj)
        loss_conf = ops.sum(ops.square(y_true[..., 4] - ops.sigmoid(y_pred[..., 4])))
        loss_class = ops.sum(ops.square(y_true[..., 5:] - ops.softmax(y_pred[..., 5:])) * obj)
        return loss_xywh + loss_conf + loss_class

    def train(self, generator, learning_rate, nb_epochs):
        self.model.compile(loss=self.custom_loss, optimizer=keras.optimizers.Adam(learning_rate))
        self.model.fit(generator, epochs=nb_epochs)
