"""``confirm``: findings judged by TensorFlow, here or on a cluster, and how they are printed.

Never knows how the judging is done: that is the runtime room's business.
"""
