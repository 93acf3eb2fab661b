import numpy as np
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.models import Sequential


class Move:
    def __init__(self, base_power, effectiveness):
        self.base_power = base_power
        self.effectiveness = effectiveness


class Battle:
    def __init__(self, moves, team, opponents):
        self.available_moves = moves
        self.team = team
        self.opponent_team = opponents


class Player:
    MAX_TEAM = 6

    def embed_battle(self, battle):
        moves_base_power = -np.ones(4)
        moves_dmg_multiplier = np.ones(4)
        for i, move in enumerate(battle.available_moves):
            moves_base_power[i] = move.base_power / 100
            moves_dmg_multiplier[i] = move.effectiveness
        remaining_mon_team = len([mon for mon in battle.team if mon]) / self.MAX_TEAM
        remaining_mon_opponent = len([mon for mon in battle.opponent_team if mon]) / self.MAX_TEAM
        return np.concatenate([
            moves_base_power, moves_dmg_multiplier,
            [remaining_mon_team, remaining_mon_opponent],
        ])


class TrainedRLPlayer(Player):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def choose_move(self, battle):
        state = self.embed_battle(battle)
        predictions = self.model.predict([state])[0]
        action = np.argmax(predictions)
        return self._action_to_move(action, battle)

    def _action_to_move(self, action, battle):
        if action < 4 and action < len(battle.available_moves):
            return battle.available_moves[action]
        return battle.available_moves[0]


def network(n_action=18):
    model = Sequential()
    model.add(Dense(128, activation="elu", input_shape=(10,)))
    model.add(Flatten())
    model.add(Dense(64, activation="elu"))
    model.add(Dense(n_action, activation="linear"))
    return model


battle = Battle([Move(90, 2), Move(40, 0.5), Move(70, 1)], [True] * 5 + [False], [True] * 6)
print(TrainedRLPlayer(network()).choose_move(battle).base_power)
