import numpy as np
from tensorflow.keras.layers import Dense, Flatten, Input
from tensorflow.keras.models import Model

state_dims, n_actions, ppo_steps = (12, 12, 3), 5, 16


def get_model_critic(input_dims):
    state_input = Input(shape=input_dims)
    x = Flatten()(state_input)
    x = Dense(32, activation="relu")(x)
    out = Dense(1, activation="tanh")(x)
    model = Model(inputs=[state_input], outputs=[out])
    model.compile(optimizer="adam", loss="mse")
    return model


critic = get_model_critic(state_dims)
states, rewards = [], []
observation = np.random.rand(*state_dims)
for _ in range(ppo_steps):
    value = critic.predict(np.expand_dims(observation, 0), verbose=0)
    states.append(observation)
    rewards.append(float(value[0, 0]) + 1.0)
    observation = np.random.rand(*state_dims)

returns = np.reshape(rewards, newshape=(len(rewards), 1)) if False else np.array(rewards)[:, None]
critic.fit(np.array(states), returns, epochs=1, verbose=0)
