import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.layers import LSTM, Dense, Dropout, Input
from tensorflow.keras.models import Sequential

df = pd.DataFrame(np.random.rand(251, 4).cumsum(axis=0), columns=["Open", "High", "Low", "Close"])
df_for_training = df.astype(float)

scaler = StandardScaler()
scaler = scaler.fit(df_for_training)
df_for_training_scaled = scaler.transform(df_for_training)

trainX, trainY = [], []
n_future, n_past = 1, 14
for i in range(n_past, len(df_for_training_scaled) - n_future + 1):
    trainX.append(df_for_training_scaled[i - n_past:i, 0:df_for_training.shape[1]])
    trainY.append(df_for_training_scaled[i + n_future - 1:i + n_future, 0])
trainX, trainY = np.array(trainX), np.array(trainY)

model = Sequential()
model.add(Input((trainX.shape[1], trainX.shape[2])))
model.add(LSTM(32, return_sequences=True))
model.add(LSTM(16))
model.add(Dropout(0.2))
model.add(Dense(trainY.shape[1]))
model.compile(optimizer="adam", loss="mse")
model.fit(trainX, trainY, epochs=1, batch_size=16, validation_split=0.1)

prediction = model.predict(trainX[-59:])
prediction_copies = np.repeat(prediction, df_for_training.shape[1], axis=-1)
y_pred_future = scaler.inverse_transform(prediction_copies)[:, 0]
print(y_pred_future)
