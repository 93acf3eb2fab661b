"""The first run of a model: ``compile``, then ``fit`` and its like, on the program's own data."""
