import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.model_selection import train_test_split

frame = pd.DataFrame({
    "text": ["the drug lowered the pressure", "we asked forty patients", "the aim was to compare", "no difference was seen"] * 10,
    "target": ["CONCLUSIONS", "METHODS", "OBJECTIVE", "RESULTS"] * 10,
})
train_df, val_df = train_test_split(frame, test_size=0.25, random_state=1)
train_sentences, val_sentences = train_df["text"].tolist(), val_df["text"].tolist()
train_labels, val_labels = train_df["target"].to_numpy(), val_df["target"].to_numpy()
class_names = sorted(set(train_labels))

vectorizer = tf.keras.layers.TextVectorization(max_tokens=200, output_sequence_length=8)
vectorizer.adapt(train_sentences)
train_x, val_x = vectorizer(tf.constant(train_sentences)), vectorizer(tf.constant(val_sentences))

inputs = tf.keras.layers.Input(shape=(8,), dtype="int64")
x = tf.keras.layers.Embedding(200, 16)(inputs)
x = tf.keras.layers.GlobalAveragePooling1D()(x)
outputs = tf.keras.layers.Dense(len(class_names), activation="softmax")(x)
model = tf.keras.Model(inputs, outputs, name="model_feature_extractor")
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model.fit(train_x, train_labels, epochs=1, validation_data=(val_x, val_labels), verbose=0)
