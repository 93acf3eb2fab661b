"""The values of a program while it is followed: numbers and lists, classes, layers and tensors."""
