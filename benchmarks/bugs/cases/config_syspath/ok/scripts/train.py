import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src"))

from nets.fcn import fcn  # noqa: E402

if __name__ == "__main__":
    fcn(64, 4).summary()
