"""Symbolic shape checks for Keras merges, as a flake8 plugin.

The package is a row of rooms, each of which imports only from the rooms before it::

    shapes -> keras_api -> syntax -> tracker -> rules -> cache -> plugin, runtime -> cli

``docs/design.md`` walks through them.  Importing this package costs nothing: the tracker is
loaded when a file turns out to mention Keras.
"""

__version__ = "0.1.0"
