"""Programs that once met an error of ours: each is followed to its end, and its merge is found."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_with_report

BROKEN = """
import keras
from keras import layers

layers.Add()([keras.Input((3,)), keras.Input((4,))])
"""
FLAGS = [f"flag_{number}" for number in range(8)]
OPTIONS = "\n".join(f"@click.option('--{flag}', is_flag=True)" for flag in FLAGS)
TESTS = "\n".join(f"    if {flag}: print(1)" for flag in FLAGS)
PROGRAMS = {
    "a dict with attributes, changed in a loop": """
class Store(dict):
    def __init__(self):
        super().__init__()
        self.size = 1

def fill(store, names):
    for name in names:
        store.size = store.size + 1
        store[name] = 3
    return store.size

fill(Store(), open("names.txt").read())
""",
    "a sum of what cannot be computed again for other inputs": """
import keras
from keras import layers, ops

x = keras.Input((None, 4))
y = ops.cond(True, lambda: layers.Dense(3)(x), lambda: layers.Dense(3)(x))
keras.Model(x, y + y)(keras.Input((7, 4)))
""",
    "a parser, to which a loop adds arguments": """
import argparse, sys

parser = argparse.ArgumentParser()
for name in sys.argv[1:]:
    parser.add_argument(name, type=int, default=3)
print(parser.parse_args())
""",
    "NumPy's functions with an axis, by place": """
import numpy as np

a = np.array([3, 1, 2])
print(np.sort(a, 0), np.flip(a, 0), np.diff(a, 2), np.unique(a, True), np.concatenate((a, a), 0))
print(np.repeat(a, 2, 0), np.append(a, a, 0), np.split(a, 3, 0))
""",
    "the attributes of an instance as a dict, changed in a loop": """
class Options:
    pass

def fill(names):
    options = Options()
    given = vars(options)
    for name in names:
        given[name] = 3
    return options

fill(open("names.txt").read())
""",
    "a signature that a loop fills": """
import tensorflow as tf

def load(names, inputs):
    listed = [tf.TensorSpec((2,), tf.float32)]
    named = {"y": tf.TensorSpec((2,), tf.float32)}
    for name in inputs:
        listed.append(tf.TensorSpec((None, 3), tf.float32))
        named[name] = tf.TensorSpec((None, 3), tf.float32)
    of_list = tf.data.Dataset.from_generator(names, output_signature=listed)
    return of_list, tf.data.Dataset.from_generator(names, output_signature=named)
""",
    "commands, of which all are followed at once": f"""
import click

@click.group()
def program(): pass

@program.command()
{OPTIONS}
def train({", ".join(FLAGS)}):
{TESTS}

@program.command()
def evaluate(): pass

program()
""",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_that_met_an_error_of_ours(program: str) -> None:
    findings, report = check_with_report(BROKEN + program, "program.py", Settings())
    assert report.errors == []
    assert [finding.code for finding in findings] == ["KML111"]
