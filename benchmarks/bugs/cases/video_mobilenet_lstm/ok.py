from keras.applications import MobileNet
from keras.layers import LSTM, Dense, Dropout, Input, TimeDistributed
from keras.models import Model
from keras.optimizers import SGD

FRAMES = 12
SIZE = 128
EMOTIONS = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]


def face_encoder(trainable=False):
    cnn = MobileNet(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3), pooling="avg")
    cnn.trainable = trainable
    return cnn


def video_model():
    video = Input(shape=(FRAMES, SIZE, SIZE, 3), name="video_input")
    encoded_frame = TimeDistributed(face_encoder())(video)
    encoded_vid = LSTM(256)(encoded_frame)
    encoded_vid = Dropout(0.3)(encoded_vid)
    outputs = Dense(len(EMOTIONS), activation="softmax")(encoded_vid)
    return Model(inputs=[video], outputs=outputs)


model = video_model()
model.compile(loss="categorical_crossentropy", optimizer=SGD(1e-3), metrics=["accuracy"])
print(model.count_params())
