from kinds import Fusion, Width
from net import two_stream

model = two_stream(Width.SMALL, Width.SMALL, Fusion("add"))
