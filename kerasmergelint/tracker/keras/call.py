"""A call of a layer, as the program makes it."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Nest
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Keywords, Value


@dataclass(frozen=True, slots=True)
class Call:
    """A layer and what it is given: its ``inputs``, which are among the arguments, and their specs."""

    layer: LayerV | Instance
    args: Args
    keywords: Keywords
    inputs: Value
    specs: Nest
    site: Site

    @property
    def label(self) -> str:
        """The name of the layer's class."""
        layer = self.layer
        return layer.type.name if isinstance(layer, LayerV) else layer.cls.name
