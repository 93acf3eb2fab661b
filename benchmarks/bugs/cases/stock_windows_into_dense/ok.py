import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.layers import Dense, Dropout

input_count, count = 60, 120
days = 420
walk = np.cumsum(np.random.randn(days)) + 100
csv_data = pd.DataFrame({
    'ts_code': '600519.SH',
    'trade_date': pd.date_range('2019-01-01', periods=days).strftime('%Y%m%d'),
    'open': walk, 'high': walk + 1, 'low': walk - 1, 'close': walk + 0.2,
})
csv_data = csv_data.iloc[::-1].reset_index(drop=True)

training_set = csv_data.iloc[0:len(csv_data) - count, 2:6].values
test_set = csv_data.iloc[-count:, 2:6].values
sc = MinMaxScaler(feature_range=(0, 1))
training_set_scaled = sc.fit_transform(training_set)
test_set = sc.transform(test_set)


def split(values):
    x, y = [], []
    for i in range(input_count, len(values)):
        x.append(values[i - input_count:i])
        y.append(values[i, 3:4])
    return np.array(x), np.array(y)


x_train, y_train = split(training_set_scaled)
x_test, y_test = split(test_set)
np.random.seed(7)
np.random.shuffle(x_train)
np.random.seed(7)
np.random.shuffle(y_train)

model = tf.keras.Sequential([
    tf.keras.Input((input_count, 4)),
    tf.keras.layers.Flatten(),
    Dense(80, activation='relu'),
    Dropout(0.2),
    Dense(100, activation='relu'),
    Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.001), loss='mean_squared_error')
history = model.fit(x_train, y_train, batch_size=64, epochs=2, validation_data=(x_test, y_test), validation_freq=1)

predicted = model.predict(x_test)
prices = (predicted - sc.min_[3]) / sc.scale_[3]
real = csv_data['close'].values[-len(prices):]
print('MAE', np.mean(np.abs(prices[:, 0] - real)))
