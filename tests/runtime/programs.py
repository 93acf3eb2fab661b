"""Small programs for the tests of the runtime mode."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Judged, Options
from kerasmergelint.runtime.plan import Record, Recorder
from kerasmergelint.tracker.program.analysis import analyse

KERAS = "import keras\nfrom keras import layers\n"
# A merge of a weight and the input, deep in a `call`; it needs KERAS in front.
CLASS_TOKEN = (
    "import tensorflow as tf\n"
    "class Token(layers.Layer):\n"
    "    def build(self, shape):\n"
    "        self.w = self.add_weight(shape=(1, 1, 4))\n"
    "    def call(self, x):\n"
    "        many = tf.broadcast_to(self.w, [tf.shape(x)[0], 1, 4])\n"
    "        return tf.concat([many, x], axis=1)\n"
    "Token()(keras.Input((8, 8, 4)))\n"
)


def records(text: str, *, allow_user_code: bool = False) -> list[Record]:
    """What the recorder keeps of the findings of a program."""
    report = analyse(text, "program.py", Settings(), Recorder(allow_user_code))
    assert not report.errors
    found = [event.record for event in report.events]
    assert all(isinstance(record, Record) for record in found)
    return found


def judged(confirmer: Confirmer, text: str, path: str) -> list[Judged]:
    """The verdicts on the findings of a program, which is written to the path."""
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    return confirmer.confirm([confirmer.lint(text, path)])[path]


__all__ = ["CLASS_TOKEN", "KERAS", "Options", "judged", "records"]
