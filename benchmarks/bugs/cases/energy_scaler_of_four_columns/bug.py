import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential


def make_frame(hours=600):
    index = pd.date_range("2018-01-01", periods=hours, freq="h")
    frame = pd.DataFrame(index=index)
    frame['load'] = 20000 + 4000 * np.sin(np.arange(hours) * 2 * np.pi / 24)
    frame['temperature'] = 12 + np.random.randn(hours)
    frame['hour'] = index.hour
    frame['weekday'] = index.weekday
    return frame


def windows(values, look_back):
    X, y = [], []
    for i in range(len(values) - look_back):
        X.append(values[i:i + look_back])
        y.append(values[i + look_back, 0])
    return np.array(X), np.array(y)


LOOK_BACK = 24
df = make_frame()
n_train = int(len(df) * 0.8)
scaler = StandardScaler()
train_df = pd.DataFrame(scaler.fit_transform(df[:n_train]), columns=df.columns, index=df.index[:n_train])
test_df = pd.DataFrame(scaler.transform(df[n_train:]), columns=df.columns, index=df.index[n_train:])

train_x, train_y = windows(train_df.values, LOOK_BACK)
test_x, test_y = windows(test_df.values, LOOK_BACK)

model = Sequential()
model.add(LSTM(32, input_shape=(LOOK_BACK, train_x.shape[2])))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(train_x, train_y, epochs=1, batch_size=64, verbose=0)

predicted = model.predict(test_x, verbose=0)
test_df = test_df.iloc[LOOK_BACK:].copy()
test_df['prediction'] = predicted.ravel()
vals = test_df.values.copy()
vals = scaler.inverse_transform(vals)
print(f'vals: {vals.shape}', vals[:3, 0])
