import numpy as np
import pandas as pd
from sklearn.preprocessing import LabelEncoder
from tensorflow.keras.layers import Activation, Conv1D, Dense, Dropout, Flatten, Input, MaxPooling1D
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import RMSprop
from tensorflow.keras.utils import to_categorical

emotions = ["calm", "happy", "sad", "angry"]
rows = [list(np.random.rand(216)) + [emotions[i % 4]] for i in range(80)]
rnewdf = pd.DataFrame(rows, columns=[*range(216), "label"])
newdf1 = np.random.rand(len(rnewdf)) < 0.8
newdf1[:8] = True
newdf1[8:12] = False
train, test = rnewdf[newdf1], rnewdf[~newdf1]

trainfeatures, trainlabel = train.iloc[:, :-1], train.iloc[:, -1:]
testfeatures, testlabel = test.iloc[:, :-1], test.iloc[:, -1:]
X_train, X_test = np.array(trainfeatures), np.array(testfeatures)
lb = LabelEncoder()
y_train = to_categorical(lb.fit_transform(np.array(trainlabel).ravel()))
y_test = to_categorical(lb.transform(np.array(testlabel).ravel()), num_classes=len(lb.classes_))
x_traincnn = np.expand_dims(X_train, axis=2)
x_testcnn = np.expand_dims(X_test, axis=2)

model = Sequential()
model.add(Input((216, 1)))
model.add(Conv1D(128, 5, padding="same"))
model.add(Activation("relu"))
model.add(Dropout(0.1))
model.add(MaxPooling1D(pool_size=8))
model.add(Conv1D(128, 5, padding="same"))
model.add(Activation("relu"))
model.add(Flatten())
model.add(Dense(10))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer=RMSprop(learning_rate=1e-5), metrics=["accuracy"])
cnnhistory = model.fit(x_traincnn, y_train, batch_size=16, epochs=1, validation_data=(x_testcnn, y_test))
