import random

from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Sequential

intents = {
    "greeting": ["hello there", "good day", "how are you"],
    "goodbye": ["see you later", "have a nice day", "bye"],
    "hours": ["when are you open", "what are your hours", "are you open today"],
}

words = sorted({word for patterns in intents.values() for p in patterns for word in p.split()})
classes = sorted(intents)

training = []
for tag, patterns in intents.items():
    for pattern in patterns:
        bag = [1 if word in pattern.split() else 0 for word in words]
        output_row = [0] * len(classes)
        output_row[classes.index(tag)] = 1
        training.append([bag, output_row])

random.shuffle(training)
train_x = [bag for bag, _ in training]
train_y = [row for _, row in training]

model = Sequential()
model.add(Input(shape=(len(words),)))
model.add(Dense(128, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(64, activation="relu"))
model.add(Dense(len(classes), activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
model.fit(train_x, train_y, epochs=2, batch_size=5, verbose=1)
