"""What runs in the child process, in the user's interpreter, with TensorFlow.

These files import only the standard library and each other, since the user's environment may not have
this package: ``boot`` loads this folder by its path.  ``kerases`` imports TensorFlow and Keras, once.
Python 3.9 must be able to run all of this.
"""
