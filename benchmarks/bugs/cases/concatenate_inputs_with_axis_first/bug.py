from tensorflow.keras.layers import Concatenate, Conv2D, Dense, Dropout, Flatten, Input, MaxPooling2D
from tensorflow.keras.models import Model

max_row, cols = 60, 20

convolution_input = Input(shape=(1, max_row, cols), name="convolutional_input")
x = Conv2D(32, (1, cols), padding="same", data_format="channels_last")(convolution_input)
x = MaxPooling2D(pool_size=(1, 2))(x)
x = Dropout(.5)(x)
convolution_output = Flatten()(x)
additional_input = Input(shape=(1,), name="additional_input")
x = Concatenate([convolution_output, additional_input], axis=1)
x = Dense(64, activation="relu")(x)
x = Dense(64, activation="relu")(x)
final_output = Dense(2, activation="softmax")(x)
model = Model(inputs=[convolution_input, additional_input], outputs=final_output)
model.compile(optimizer="rmsprop", loss="binary_crossentropy")
model.summary()
