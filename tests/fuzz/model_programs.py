"""A grammar of Keras programs: what a person could write, with all sizes known, right or wrong.

Programs have helpers, a layer of their own, a table of settings, loops, branches on settings, lists of
tensors that are merged later, and sizes that come from shapes by arithmetic.  About a third of them
fail in Keras.  Everything in them is within what the linter claims to follow.
"""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

HEAD = """\
import keras
from keras import Input, Model, layers, ops
from keras.layers import (
    Activation, Add, Average, AveragePooling2D, BatchNormalization, Concatenate, Conv1D, Conv2D,
    Conv2DTranspose, Cropping2D, Dense, Dot, Dropout, Flatten, GlobalAveragePooling2D, LSTM, Maximum,
    MaxPooling2D, Multiply, Permute, RepeatVector, Reshape, Subtract, UpSampling2D, ZeroPadding2D,
)

CONFIG = {{"filters": {filters}, "deep": {deep}, "merge": "{merge}", "sizes": {sizes}}}


def block(x, filters, stride=1, merge=None):
    shortcut = x
    x = Conv2D(filters, 3, strides=stride, padding="same")(x)
    x = BatchNormalization()(x)
    if merge == "add":
        if stride != {guard_stride} or shortcut.shape[-1] != filters:
            shortcut = Conv2D(filters, 1, strides=stride)(shortcut)
        return Add()([x, shortcut])
    if merge == "concat":
        return Concatenate()([x, shortcut])
    return Activation("relu")(x)


def tower(x, sizes, activation="relu"):
    kept = []
    for size in sizes:
        x = Dense(size, activation=activation)(x)
        kept.append(x)
    return x, kept


class Gate(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = Dense(units, activation="sigmoid")

    def call(self, inputs):
        return inputs * self.dense(inputs)


def make_merge(kind):
    table = {{"add": Add, "mul": Multiply, "avg": Average, "max": Maximum}}
    return lambda tensors: table[kind]()(tensors)

"""

_MERGES = (
    "Add()",
    "Multiply()",
    "Average()",
    "Maximum()",
    "Concatenate()",
    "Concatenate(axis={axis})",
)


class Writer:
    """Writes one program; ``pools`` are the names of the tensors made so far, by rank."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pools: dict[int, list[str]] = {2: [], 3: [], 4: []}
        self.lines: list[str] = []
        self.count = 0

    def pick(self, *choices: object) -> str:
        return str(self.random.choice(choices))

    def name(self, rank: int) -> str:
        """A tensor to work on: mostly the latest."""
        pool = self.pools[rank]
        return pool[-1] if self.random.random() < 0.6 else self.random.choice(pool)

    def make(self, rank: int, expression: str) -> None:
        self.count += 1
        name = f"t{self.count}"
        self.lines.append(f"{name} = {expression}")
        self.pools[rank].append(name)

    def program(self) -> str:
        pick = self.pick
        head = HEAD.format(
            filters=pick(4, 6, 8), deep=pick(True, False), merge=pick("add", "mul", "avg", "max"),
            sizes=[self.random.choice((3, 4, 8)) for _ in range(self.random.randint(1, 3))],
            guard_stride=pick(1, 1, 2),
        )  # fmt: skip
        height, width = pick(8, 9, 12, 16, 15), pick(8, 12, 16, 7)
        self.make(4, f"Input(({height}, {width}, {pick(1, 3, 4)}))")
        if self.random.random() < 0.4:
            self.make(2, f"Input(({pick(4, 8, 16)},))")
        if self.random.random() < 0.3:
            self.make(3, f"Input(({pick(5, 8)}, {pick(4, 8)}))")
        inputs = [line.partition(" ")[0] for line in self.lines]
        for _ in range(self.random.randint(3, 9)):
            self.random.choice(self.steps())()
        last = f"t{self.count}"
        self.lines.append(f"model = Model([{', '.join(inputs)}], {last})")
        return head + "\n".join(self.lines) + "\n"

    def steps(self) -> list[object]:  # type: ignore[override]
        found: list[object] = [self.image_step, self.image_step, self.image_merge, self.image_block]
        found += [self.loop, self.branch, self.to_vector]
        if self.pools[2]:
            found += [self.vector_step, self.vector_step, self.vector_merge, self.to_sequence]
        if self.pools[3]:
            found += [self.sequence_step, self.sequence_merge]
        return found

    # -- images --------------------------------------------------------------------------

    def image_step(self) -> None:
        x, pick = self.name(4), self.pick
        self.make(
            4,
            pick(
                f"Conv2D({pick(4, 6, 8)}, {pick(1, 3, 5)}, strides={pick(1, 1, 2)}, "
                f'padding="{pick("same", "same", "valid")}")({x})',
                f"MaxPooling2D({pick(2, 3)})({x})",
                f'AveragePooling2D(2, padding="same")({x})',
                f"UpSampling2D({pick(2, 2, 3)})({x})",
                f"ZeroPadding2D({pick(1, ((0, 1), (0, 1)))})({x})",
                f"Cropping2D({pick(1, ((1, 0), (0, 1)))})({x})",
                f"Conv2DTranspose({x}.shape[-1] // 2 + {pick(0, 1)}, 3, strides=2, "
                f'padding="same")({x})',
                f"Dropout(0.5)(BatchNormalization()({x}))",
                f"Gate({x}.shape[-1])({x})",
                f"Gate({pick(1, 4)})({x})",
                f"Permute((2, 1, 3))({x})",
                f"{x}[:, {pick(0, 1)}:, :, :]",
            ),
        )

    def image_block(self) -> None:
        x, pick = self.name(4), self.pick
        merge = pick(None, '"add"', '"concat"', 'CONFIG["merge"]')
        stride = pick("", ", stride=2")
        self.make(
            4, f"block({x}, {pick(4, 8, 'CONFIG[' + repr('filters') + ']')}{stride}, merge={merge})"
        )

    def image_merge(self) -> None:
        a, b, pick = self.name(4), self.name(4), self.pick
        self.make(4, self.merge(a, b, pick(1, 2, 3, -1)))

    def merge(self, a: str, b: str, axis: str) -> str:
        pick = self.pick
        return pick(
            *(f"{merge.format(axis=axis)}([{a}, {b}])" for merge in _MERGES),
            f"Subtract()([{a}, {b}])",
            f"{a} + {b}",
            f"{a} * {b}",
            f"ops.concatenate([{a}, {b}], axis={axis})",
            f"layers.add([{a}, {b}])",
            f"layers.concatenate([{a}, {b}], axis={axis})",
            f'make_merge(CONFIG["merge"])([{a}, {b}])',
        )

    # -- vectors and sequences -----------------------------------------------------------

    def to_vector(self) -> None:
        x, pick = self.name(4), self.pick
        self.make(2, pick(f"Flatten()({x})", f"GlobalAveragePooling2D()({x})",
                          f"ops.mean({x}, axis=(1, 2))"))  # fmt: skip

    def vector_step(self) -> None:
        x, pick = self.name(2), self.pick
        self.make(
            2,
            pick(
                f"Dense({pick(3, 4, 8)})({x})",
                f"Dense({x}.shape[-1] // 2 + 1)({x})",
                f"tower({x}, CONFIG['sizes'])[0]",
                f"tower({x}, [{pick(4, 8)} for _ in range({pick(1, 2)})])[0]",
                f"Add()(tower({x}, CONFIG['sizes'] + [{pick(3, 4)}])[1])",
                f"Concatenate()(tower({x}, [4] + CONFIG['sizes'])[1])",
                f"Gate({pick(4, 8)})({x})",
            ),
        )

    def vector_merge(self) -> None:
        a, b, pick = self.name(2), self.name(2), self.pick
        self.make(2, pick(self.merge(a, b, pick(1, -1)), self.merge(a, b, pick(1, -1)),
                          f"Dot(axes={pick(1, -1)})([{a}, {b}])"))  # fmt: skip

    def to_sequence(self) -> None:
        x, pick = self.name(2), self.pick
        self.make(3, pick(f"RepeatVector({pick(5, 8)})({x})", f"Reshape((-1, {pick(1, 2, 4)}))({x})",
                          f"Reshape(({x}.shape[-1], 1))({x})"))  # fmt: skip

    def sequence_step(self) -> None:
        x, pick = self.name(3), self.pick
        self.make(3, pick(f"Dense({pick(4, 8)})({x})", f"Conv1D({pick(4, 8)}, 3)({x})",
                          f"LSTM({pick(4, 8)}, return_sequences=True)({x})", f"Permute((2, 1))({x})",
                          f'Conv1D({pick(4, 8)}, 3, strides=2, padding="same")({x})'))  # fmt: skip

    def sequence_merge(self) -> None:
        a, b, pick = self.name(3), self.name(3), self.pick
        self.make(3, self.merge(a, b, pick(1, 2, -1)))

    # -- control flow --------------------------------------------------------------------

    def loop(self) -> None:
        """A list that a loop fills, and a merge of all of it."""
        x, pick = self.name(4), self.pick
        self.count += 1
        kept, y = f"kept{self.count}", f"y{self.count}"
        body = pick(
            f"block({y}, {pick(4, 8)})",
            f'Conv2D({pick(4, "4 + i")}, 3, padding="{pick("same", "same", "valid")}")({y})',
            f"MaxPooling2D({pick(1, 2)})({y})",
        )
        self.lines += [
            f"{kept}, {y} = [], {x}",
            f"for i in range({pick(2, 3)}):",
            f"    {y} = {body}",
            f"    {kept}.append({y})",
        ]
        self.make(4, pick(f"Concatenate()({kept})", f"Add()({kept})", f"{kept}[-1]",
                          f"Add()([{kept}[0], {kept}[-1]])"))  # fmt: skip

    def branch(self) -> None:
        x, pick = self.name(4), self.pick
        self.count += 1
        name = f"t{self.count}"
        condition = pick('CONFIG["deep"]', 'CONFIG["filters"] > 5', 'CONFIG["merge"] in ("add", "avg")',
                         f"{x}.shape[1] % 2 == 0", f"len({x}.shape) == 4")  # fmt: skip
        self.lines += [
            f"if {condition}:",
            f'    {name} = Conv2D({pick(4, 8)}, 3, padding="same")({x})',
            "else:",
            f"    {name} = {pick(x, f'MaxPooling2D(2)({x})')}",
        ]
        self.pools[4].append(name)


PROGRAMS = st.randoms(use_true_random=False).map(lambda random: Writer(random).program())
