import numpy as np
from keras.layers import Conv1D, Dense, Dropout, Flatten, Input
from keras.models import Sequential

max_tweet_length, vector_size = 15, 128
WORDS = {word: np.random.randn(vector_size) for word in "a good day bad very not is it rain sun".split()}


def vectors(tweet):
    matrix = np.zeros((max_tweet_length, vector_size), dtype="float32")
    for row, word in enumerate(tweet.split()[:max_tweet_length]):
        if word in WORDS:
            matrix[row] = WORDS[word]
    return matrix


def sentiment_model():
    model = Sequential()
    model.add(Input((max_tweet_length, vector_size)))
    for size in (3, 3, 2, 2):
        model.add(Conv1D(32, kernel_size=size, activation="elu", padding="same"))
    model.add(Dropout(0.25))
    model.add(Dense(256, activation="relu"))
    model.add(Flatten())
    model.add(Dense(2, activation="softmax"))
    return model


model = sentiment_model()
tweets = ["it is a good day", "rain is not good", "very bad"]
batch = [vectors(tweet) for tweet in tweets]
for tweet, scores in zip(tweets, model.predict(batch)):
    print(tweet, scores.argmax())
