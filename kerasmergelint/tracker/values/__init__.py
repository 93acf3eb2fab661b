"""What a program's values are while it is followed: numbers and lists, classes, layers and tensors."""
