import os

from nets.lenet import lenet

SIZE = int(os.environ.get("SIZE", "32"))
model = lenet((SIZE, SIZE, 3))
