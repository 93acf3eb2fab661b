import tensorflow as tf
from tensorflow.keras.layers import LSTM, Activation, Concatenate, Dense, Input, Lambda
from tensorflow.keras.models import Model

TIME_STEPS = 20
INPUT_DIM = 2


def attention_3d_block(hidden_states):
    hidden_size = int(hidden_states.shape[2])
    score_first_part = Dense(hidden_size, use_bias=False, name="attention_score_vec")(hidden_states)
    h_t = Lambda(lambda x: x[:, -1, :], output_shape=(hidden_size,), name="last_hidden_state")(hidden_states)
    score = Lambda(lambda pair: tf.matmul(pair[0], pair[1]), name="attention_score")([score_first_part, h_t])
    attention_weights = Activation("softmax", name="attention_weight")(Lambda(lambda s: tf.squeeze(s, -1))(score))
    context_vector = Lambda(lambda pair: tf.einsum("bth,bt->bh", pair[0], pair[1]))([hidden_states, attention_weights])
    pre_activation = Concatenate(name="attention_output")([context_vector, h_t])
    return Dense(128, use_bias=False, activation="tanh", name="attention_vector")(pre_activation)


def model_attention_applied_after_lstm():
    inputs = Input(shape=(TIME_STEPS, INPUT_DIM))
    lstm_out = LSTM(32, return_sequences=True)(inputs)
    attention_mul = attention_3d_block(lstm_out)
    output = Dense(1, activation="sigmoid")(attention_mul)
    return Model(inputs=[inputs], outputs=output)


m = model_attention_applied_after_lstm()
m.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
m.summary()
