"""Layers and models written down and made again: configurations, copies, saved files.

``own_configs`` knows what ``get_config`` gives of the program's own layers, ``remaking`` what
``from_config`` makes of it, and ``own_objects`` which classes and functions Keras finds by name.
"""
