from opts import from_args
from rnn import rnn

rnn(from_args())
