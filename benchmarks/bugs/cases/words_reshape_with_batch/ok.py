from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Concatenate, Conv2D, Dense, Embedding, GlobalMaxPooling2D, Reshape

MAX_LEN, VOCAB, DIM = 30, 10000, 300


def words(name):
    return Input(batch_shape=(None, MAX_LEN), dtype="int32", name=name)


question1, question2 = words("question1"), words("question2")
embedding = Embedding(VOCAB, DIM, trainable=False)
x1 = Reshape((MAX_LEN, DIM, 1))(embedding(question1))
x2 = Reshape((MAX_LEN, DIM, 1))(embedding(question2))
convolution = Conv2D(32, (3, DIM), activation="relu")
towers = [GlobalMaxPooling2D()(convolution(x)) for x in (x1, x2)]
same = Dense(1, activation="sigmoid")(Concatenate()(towers))
model = Model([question1, question2], same)
model.compile("adam", "binary_crossentropy")
model.summary()
