"""Where things are, and how large."""

nt = 10
n_channels = 3
im_height, im_width = 96, 96
stack_sizes = (n_channels, 8, 16)
batch_size = 2
