import numpy as np
from tensorflow.keras.layers import Dense, Flatten, Input
from tensorflow.keras.models import Sequential

N_MOVES = 4


class RandomBattle:
    def __init__(self):
        self.moves = [{"power": np.random.randint(0, 120), "multiplier": 2.0} for _ in range(N_MOVES)]
        self.fainted_mine, self.fainted_opponent = 0, 3


class SimpleRLPlayer:
    def embed_battle(self, battle):
        moves_base_power = -np.ones(N_MOVES)
        moves_dmg_multiplier = np.ones(N_MOVES)
        for i, move in enumerate(battle.moves):
            moves_base_power[i] = move["power"] / 100
            moves_dmg_multiplier[i] = move["multiplier"]
        final_vector = np.concatenate([moves_base_power, moves_dmg_multiplier])
        return np.float32(final_vector)

    def describe_embedding(self):
        return (10,)


player = SimpleRLPlayer()
model = Sequential()
model.add(Input((1, *player.describe_embedding())))
model.add(Dense(128, activation="elu"))
model.add(Flatten())
model.add(Dense(64, activation="elu"))
model.add(Dense(22, activation="linear"))

observation = player.embed_battle(RandomBattle())
q_values = model.predict_on_batch(observation[np.newaxis, np.newaxis]).flatten()
print(q_values.argmax())
