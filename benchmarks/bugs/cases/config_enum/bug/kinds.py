from enum import Enum, IntEnum


class Width(IntEnum):
    SMALL = 16
    LARGE = 32


class Fusion(Enum):
    ADD = "add"
    CONCAT = "concat"
