"""``python -m benchmarks``: measure what linting costs, against what it may cost.

``python -m benchmarks bugs`` is the benchmark of shape bugs, with options of its own.

The parts are a (no Keras), b (model code), c (one file on standard input), d (summaries against
Keras), e (growth), f (the command); all of them if none is named.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks import parts, plot
from benchmarks.bugs import __main__ as bugs

_PARTS = ("a", "b", "c", "d", "e", "f")


def main() -> int:
    if sys.argv[1:2] == ["bugs"]:
        return bugs.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="a, b, c, d, e or f; or bugs")
    parser.add_argument("--rounds", type=int, default=5, help="of each comparison")
    parser.add_argument("--models", action="append", default=[], metavar="FOLDER",
                        help="more published model code for b")  # fmt: skip
    parser.add_argument("--plot", metavar="FILE", help="write the picture of e there, as SVG")
    options = parser.parse_args()
    wrong = set(options.parts) - set(_PARTS)
    if wrong:
        parser.error(f"there is no part {', '.join(sorted(wrong))}")
    chosen = options.parts or _PARTS
    met = True
    if "a" in chosen:
        met = tell(parts.without_keras(options.rounds)) and met
    if "b" in chosen:
        met = tell(parts.model_code(options.rounds, options.models)) and met
    if "c" in chosen:
        met = tell(parts.one_file(options.rounds)) and met
    if "d" in chosen:
        met = tell(parts.summaries(options.rounds)) and met
    if "f" in chosen:
        met = tell(parts.command(options.rounds)) and met
    if "e" in chosen:
        curves = parts.growth()
        met = tell_growth(curves) and met
        if options.plot:
            Path(options.plot).write_text(plot.svg(curves), encoding="utf-8")
    return 0 if met else 1


def tell(rows: Iterable[parts.Row]) -> bool:
    """Print rows; whether all of them are as they should be."""
    met = True
    for row in rows:
        met = met and row.met is not False
        relation = ">=" if row.at_least else "<="
        target = "" if row.target is None else f"{relation} {row.target:g} {row.unit}"
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        print(f"{row.name:58} {row.value:8.3f} {row.unit:2} {target:10} {verdict:7} {row.remark}",
              flush=True)  # fmt: skip
    return met


def tell_growth(curves: dict[str, list[tuple[int, float]]]) -> bool:
    """Print seconds by size; the cost of 10 times as much may be n log n times as high."""
    met = True
    for name, curve in curves.items():
        print(f"{name:24}" + "".join(f"{size:>8,}: {seconds:8.4f} s" for size, seconds in curve))
        (small, before), (large, after) = curve[-2:]
        allowed = large * math.log(large) / (small * math.log(small))
        grown = after / before
        fine = grown <= allowed
        met = met and fine
        print(f"{'':24}the last step grows {grown:.1f} times, n log n is {allowed:.1f}: "
              f"{'met' if fine else 'MISSED'}", flush=True)  # fmt: skip
    return met


if __name__ == "__main__":
    sys.exit(main())
