import json
import random

import numpy as np
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import SGD

INTENTS = json.loads("""{"intents": [
  {"tag": "greeting", "patterns": ["Hi there", "How are you", "Is anyone there?", "Good day"]},
  {"tag": "goodbye", "patterns": ["Bye", "See you later", "Goodbye"]},
  {"tag": "thanks", "patterns": ["Thanks", "Thank you", "That's helpful"]},
  {"tag": "blood_pressure", "patterns": ["Log blood pressure results", "Show blood pressure entry"]}
]}""")

words, classes, documents = [], [], []
ignore_letters = "!?,."
for intent in INTENTS["intents"]:
    for pattern in intent["patterns"]:
        word = [w.strip(ignore_letters).lower() for w in pattern.split()]
        words.extend(word)
        documents.append((word, intent["tag"]))
        if intent["tag"] not in classes:
            classes.append(intent["tag"])
words = sorted(set(words))
classes = sorted(set(classes))

training = []
output_empty = [0] * len(classes)
for doc in documents:
    bag = []
    pattern_words = doc[0]
    for word in words:
        bag.append(1) if word in pattern_words else bag.append(0)
    output_row = list(output_empty)
    output_row[classes.index(doc[1])] = 1
    training.append([bag, output_row])
random.shuffle(training)
training = np.array(training)
train_x = list(training[:, 0])
train_y = list(training[:, 1])

model = Sequential()
model.add(Dense(128, input_shape=(len(train_x[0]),), activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(64, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(len(train_y[0]), activation="softmax"))
sgd = SGD(learning_rate=0.01, momentum=0.9, nesterov=True)
model.compile(loss="categorical_crossentropy", optimizer=sgd, metrics=["accuracy"])
model.fit(np.array(train_x), np.array(train_y), epochs=2, batch_size=5, verbose=0)
