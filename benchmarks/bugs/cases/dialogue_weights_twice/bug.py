import numpy as np
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Dropout, Input, Masking, TimeDistributed
from tensorflow.keras.models import Model


class bc_LSTM:
    def __init__(self, classes=7, length=33, width=60):
        self.classes, self.sequence_length, self.width = classes, length, width
        self.epochs, self.batch_size = 1, 10

    def load_data(self, dialogues=20):
        turns = np.random.randint(3, self.sequence_length, size=dialogues)
        self.train_x = np.random.rand(dialogues, self.sequence_length, self.width)
        labels = np.random.randint(0, self.classes, size=(dialogues, self.sequence_length))
        self.train_y = np.eye(self.classes)[labels]
        self.train_mask = (np.arange(self.sequence_length) < turns[:, None]).astype("float32")

    def get_text_model(self):
        utterances = Input((self.sequence_length, self.width))
        masked = Masking(mask_value=0)(utterances)
        lstm = Bidirectional(LSTM(30, activation="tanh", return_sequences=True, dropout=0.3))(masked)
        out = TimeDistributed(Dense(self.classes, activation="softmax"))(Dropout(0.3)(lstm))
        return Model(utterances, out)

    def train_model(self, **options):
        self.load_data()
        model = self.get_text_model()
        model.compile(optimizer="adam", loss="categorical_crossentropy")
        model.fit(self.train_x, self.train_y, epochs=self.epochs, batch_size=self.batch_size,
                  sample_weight=self.train_mask, shuffle=True, **options)


bc_LSTM().train_model(class_weight={0: 4.0, 1: 15.0, 2: 15.0, 3: 3.0, 4: 1.0, 5: 6.0, 6: 3.0})
