import numpy as np
import pandas as pd
import tensorflow as tf

TEAMS = ['Hawks', 'Celtics', 'Nets', 'Hornets', 'Bulls', 'Cavaliers']
STATS = ['W_PCT', 'FG_PCT', 'FG3_PCT', 'REB', 'AST', 'TOV', 'STL', 'PLUS_MINUS']


def season(games=240):
    rng = np.random.default_rng(11)
    data = pd.DataFrame(rng.random((games, len(STATS))), columns=STATS)
    data.insert(0, 'TEAM_NAME', rng.choice(TEAMS, games))
    data['DATE'] = pd.date_range('2022-10-18', periods=games)
    data['Score'] = rng.integers(180, 250, games)
    data['OU'] = rng.integers(200, 235, games).astype(float)
    data['OU-Cover'] = (data['Score'] > data['OU']).astype(int)
    return data


def train(data):
    OU = data['OU-Cover']
    data = data.drop(['Score', 'TEAM_NAME', 'DATE', 'OU-Cover', 'OU'], axis=1)
    x_train = tf.keras.utils.normalize(data.values.astype(float), axis=1)
    y_train = np.asarray(OU)
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(256, activation=tf.nn.relu))
    model.add(tf.keras.layers.Dense(64, activation=tf.nn.relu))
    model.add(tf.keras.layers.Dense(3, activation=tf.nn.softmax))
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    model.fit(x_train, y_train, epochs=1, validation_split=0.1, batch_size=32)
    return model


def todays_games(data):
    rows = []
    for home in TEAMS[::2]:
        stats = data[data['TEAM_NAME'] == home].iloc[0]
        rows.append(stats[['TEAM_NAME', *STATS, 'DATE', 'OU']])
    games_frame = pd.concat(rows, axis=1).T
    frame = games_frame.drop(columns=['TEAM_NAME', 'DATE'])
    return frame.values.astype(float)


data = season()
model = train(data)
predictions = []
for row in tf.keras.utils.normalize(todays_games(data), axis=1):
    predictions.append(model.predict(np.array([row])))
print([int(np.argmax(p)) for p in predictions])
