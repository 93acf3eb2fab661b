from tensorflow import keras
from tensorflow.keras import layers

HP = {"atoms": 51, "hidden": 512, "frames": 4, "side": 84}


class RainbowAgent:
    def __init__(self, n_actions, **overrides):
        self.hp = {**HP, **overrides}
        self.n_actions = n_actions
        self.online = self._network("online")
        self.target = self._network("target")

    def _torso(self, x):
        for filters, kernel, stride in [(32, 8, 4), (64, 4, 2), (64, 3, 1)]:
            x = layers.Conv2D(filters, kernel, strides=stride, activation="relu")(x)
        return layers.Flatten()(x)

    def _heads(self, features):
        atoms, hidden = self.hp["atoms"], self.hp["hidden"]
        value = layers.Dense(hidden, activation="relu")(features)
        value = layers.Dense(atoms)(value)
        value = layers.Reshape((1, atoms))(value)
        adv = layers.Dense(hidden, activation="relu")(features)
        adv = layers.Dense(self.n_actions * atoms)(adv)
        adv = layers.Reshape((atoms, self.n_actions))(adv)
        mean = layers.Lambda(lambda a: keras.ops.mean(a, axis=1, keepdims=True))(adv)
        centred = layers.Subtract()([adv, mean])
        return layers.Add()([value, centred])

    def _network(self, name):
        frames = layers.Input((self.hp["side"], self.hp["side"], self.hp["frames"]))
        logits = self._heads(self._torso(frames))
        probs = layers.Softmax(axis=-1)(logits)
        return keras.Model(frames, probs, name=name)


agent = RainbowAgent(n_actions=6)
agent.target.set_weights(agent.online.get_weights())
