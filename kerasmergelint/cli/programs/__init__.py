"""The programs that a command is about: files, folders, notebooks, standard input, targets.

Knows how they are found and read, what silences a finding in them, and what their lines are called.
Never runs them, and never knows what is found in them.
"""
