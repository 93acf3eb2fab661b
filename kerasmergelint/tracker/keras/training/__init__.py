"""The first run of a model: ``compile``, then ``fit`` and similar methods, on the program's own data."""
