"""A list that went into a call may grow afterwards: the call, and models made of it, stay what they were."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

DENSE = """
from keras import Input, Model, layers
image = Input((None, None, 3))
features = [image, image]
joined = layers.Concatenate()(features)
features.append(joined)
twice = layers.Concatenate()(features)
features.append(twice)
net = Model(image, twice)
out = net(Input((32, 32, 3)))
layers.Add()([out, Input((32, 32, {size}))])
"""

OUTPUTS = """
from keras import Input, Model, layers
image = Input((8,))
outputs = [layers.Dense(3)(image)]
net = Model(image, outputs)
outputs.append(layers.Dense(4)(image))
layers.Add()([net(Input((8,)))[-1], Input(({size},))])
"""


@pytest.mark.parametrize(("text", "right", "wrong"), [(DENSE, 12, 24), (OUTPUTS, 3, 4)])
def test_sizes(text: str, right: int, wrong: int) -> None:
    def codes(size: int) -> list[str]:
        found = check_source(text.format(size=size), "program.py", Settings())
        return [finding.code for finding in found]

    assert codes(right) == []
    assert codes(wrong) == ["KML111"]
