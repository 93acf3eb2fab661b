"""A picture of Pillow: its mode, which says what a pixel is, and its size."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Dim, Shape
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.heap import Heap, HeapObject

# The numbers of a pixel, by mode: those of one number have no axis for it.
_PIXELS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("1", "L", "P", "I", "I;16", "F"), ()),
    **dict.fromkeys(("RGB", "YCbCr", "LAB", "HSV"), (3,)),
    **dict.fromkeys(("RGBA", "CMYK", "RGBX", "RGBa"), (4,)),
    **dict.fromkeys(("LA", "PA", "La"), (2,)),
}

PictureContent = tuple[str | None, Dim, Dim]
"""Mode, height, and width."""


class PictureV(HeapObject):
    """An ``Image``; ``mode`` is None if it is unknown."""

    __slots__ = ("height", "mode", "width")

    def __init__(self, heap: Heap, mode: str | None, height: Dim, width: Dim) -> None:
        super().__init__(heap)
        self.mode = mode
        self.height = height
        self.width = width

    def snapshot(self) -> PictureContent:
        return (self.mode, self.height, self.width)

    def restore(self, content: PictureContent) -> None:
        self.mode, self.height, self.width = content

    def forget(self, heap: Heap) -> None:
        """Something may have changed it that was not followed."""
        heap.touch(self)
        self.restore((None, UNKNOWN, UNKNOWN))

    def as_array(self) -> TensorV:
        """``np.array(picture)``"""
        pixel = None if self.mode is None else _PIXELS.get(self.mode)
        shape = ANY_SHAPE if pixel is None else Shape((self.height, self.width, *pixel))
        return TensorV(TensorSpec(shape, None, TensorKind.ARRAY))
