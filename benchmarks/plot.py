"""The growth of costs as a picture, both axes logarithmic; nothing is needed to draw it."""

from __future__ import annotations

import math
from html import escape

_WIDTH, _HEIGHT, _LEFT, _BELOW = 760, 420, 70, 50
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e")


def svg(curves: dict[str, list[tuple[int, float]]]) -> str:
    """An SVG picture of (size, seconds) curves."""
    points = [point for curve in curves.values() for point in curve]
    x_top = math.ceil(max(math.log10(x) for x, _ in points))
    y_low = math.floor(min(math.log10(y) for _, y in points))
    y_top = math.ceil(max(math.log10(y) for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        across = math.log10(x) / x_top
        up = (math.log10(y) - y_low) / (y_top - y_low)
        return (
            _LEFT + across * (_WIDTH - _LEFT - 190),
            _HEIGHT - _BELOW - up * (_HEIGHT - _BELOW - 20),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in range(x_top + 1):
        x, y = at(10**power, 10**y_low)
        _, top = at(1, 10**y_top)
        parts.append(f'<path d="M{x:.0f} {y:.0f}V{top:.0f}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(y_low, y_top + 1):
        x, y = at(1, 10.0**power)
        right, _ = at(10**x_top, 1)
        parts.append(f'<path d="M{x:.0f} {y:.0f}H{right:.0f}" stroke="#ddd"/>')
        label = f"{10.0**power:g} s"
        parts.append(f'<text x="{x - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{label}</text>')
    for number, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in curve))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        below = 30 + 18 * number
        parts.append(f'<path d="M{_WIDTH - 180} {below}h20" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{_WIDTH - 154}" y="{below + 4}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])
