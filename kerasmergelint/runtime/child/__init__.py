"""What runs in the child process: in the user's interpreter, beside TensorFlow.

Imports the standard library only, and nothing else of this package, which the user's environment may
not have: ``boot`` loads this folder by its path.  TensorFlow and Keras come in by name, once, in
``kerases``.  Python 3.9 has to understand these files.
"""
