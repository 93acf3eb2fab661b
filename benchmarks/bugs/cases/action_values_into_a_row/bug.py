import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential


class QNetwork:
    def __init__(self, obs_size, num_actions, hidden_size=32, hidden_layers=1):
        self.model = Sequential([Input((obs_size,))])
        for _ in range(hidden_layers + 1):
            self.model.add(Dense(hidden_size, activation="relu"))
        self.model.add(Dense(num_actions))
        self.model.compile(loss="huber", optimizer="adam")

    def predict(self, state, batch_size=1):
        return self.model.predict(state, batch_size=batch_size, verbose=0)

    def update(self, states, q):
        return self.model.train_on_batch(states, q)


class Agent:
    def __init__(self, obs_size, num_actions, gamma=0.01):
        self.num_actions = num_actions
        self.gamma = gamma
        self.network = QNetwork(obs_size, num_actions)

    def learn(self, states, actions, next_states, rewards):
        n = len(states)
        q = self.network.predict(states, n)
        q_prime = self.network.predict(next_states, n)
        best = np.zeros(n)
        best[:] = q_prime.max(axis=1, keepdims=True)
        for i in range(n):
            q[i, actions[i]] = rewards[i] + self.gamma * best[i]
        return self.network.update(states, q)


features = 122
agent = Agent(features, 5)
batch = np.random.rand(16, features).astype("float32")
following = np.random.rand(16, features).astype("float32")
print(agent.learn(batch, np.random.randint(0, 5, 16), following, np.random.rand(16)))
