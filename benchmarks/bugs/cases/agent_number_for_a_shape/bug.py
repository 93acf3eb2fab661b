import argparse

import numpy as np
from tensorflow.keras.layers import Dense, Flatten, Input
from tensorflow.keras.models import Model


class Agent:
    def __init__(self, state_dim, action_dim, lr, tau):
        self.state_dim, self.action_dim = state_dim, action_dim
        self.tau = tau
        self.model = self.network()
        self.model.compile("adam", "mse")
        self.target_model = self.network()
        self.target_model.set_weights(self.model.get_weights())

    def network(self):
        inp = Input(shape=self.state_dim)
        x = Flatten()(inp) if len(inp.shape) > 2 else inp
        x = Dense(64, activation="relu")(x)
        return Model(inp, Dense(self.action_dim, activation="linear")(x))

    def transfer_weights(self):
        W, tgt_W = self.model.get_weights(), self.target_model.get_weights()
        for i in range(len(W)):
            tgt_W[i] = self.tau * W[i] + (1 - self.tau) * tgt_W[i]
        self.target_model.set_weights(tgt_W)


class DQN:
    def __init__(self, args):
        self.args = args
        self.action_dim = args.C
        self.state_dim = args.A
        self.agent = Agent(self.state_dim, self.action_dim, 2.5e-4, 1.0)

    def policy_action(self, s):
        return np.argmax(self.agent.model.predict(s[None], verbose=0)[0])


parser = argparse.ArgumentParser()
parser.add_argument("--A", type=int, default=12, help="how many numbers a state has")
parser.add_argument("--C", type=int, default=3)
dqn = DQN(parser.parse_args())
print(dqn.policy_action(np.zeros(12)))
dqn.agent.transfer_weights()
