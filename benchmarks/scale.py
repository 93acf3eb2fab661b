"""``python -m benchmarks.scale FOLDER...``: what a corpus costs on a Dask cluster.

Starts a cluster on this machine, sends it the programs below the folders, and compares with one
process that does the same.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Iterable
from functools import partial

from kerasmergelint.cli.checking.check import analysed
from kerasmergelint.cli.programs import sources
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.cli.workers.cluster import Cluster
from kerasmergelint.cli.workers.pool import Here, Work
from kerasmergelint.options import Settings
from kerasmergelint.syntax.gate import mentions_keras


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most", type=int, default=1000, help="so many files that mention Keras")
    options = parser.parse_args()
    started = time.process_time()
    # Installed packages lie in folders that are usually excluded.
    paths = sources.find(options.folders, (), usual=())
    found = [sources.read_source(path) for path in paths]
    wanted = [source for source in found if mentions_keras(source.text)][: options.most]
    reading = time.process_time() - started
    print(f"{len(found)} files, {len(wanted)} of those that mention Keras are analysed; "
          f"finding and reading all takes {1000 * reading / len(found):.2f} s for a thousand")  # fmt: skip
    started = time.process_time()
    alone, _ = timed(Here(), wanted)
    used = time.process_time() - started
    print(f"one process: {alone:.1f} s, {1000 * used / len(wanted):.0f} s of the processor "
          "for a thousand of them")  # fmt: skip
    spread, overhead = over_a_cluster(wanted, options.workers)
    print(f"{options.workers} workers: {spread:.1f} s, {alone / spread:.2f} times as fast")
    print(
        f"sending, and taking what comes back: {1000 * overhead:.2f} ms of the processor here a file"
    )
    return 0


def over_a_cluster(wanted: list[Source], count: int) -> tuple[float, float]:
    """Seconds with so many workers; and for each file, the seconds of this process and the scheduler."""
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0") as made,
        Cluster(made.scheduler_address) as workers,
    ):
        timed(workers, wanted[:20])  # everything is loaded
        spread, answers = timed(workers, wanted)
        started = time.process_time()  # the scheduler is a thread of this process
        list(workers.do(Work(same, lambda source, why: source), [(s, None) for s in wanted]))
        overhead = (time.process_time() - started) / len(wanted)
    out = [len(pickle.dumps(source)) for source in wanted]
    back = [len(pickle.dumps(answer)) for answer in answers]
    for name, sizes in (("out", out), ("back", back)):
        print(f"{name}: {sum(sizes) / len(sizes):,.0f} bytes a file, the largest {max(sizes):,}")
    return spread, overhead


def same(source: Source) -> Source:
    """No work at all; what is measured then is sending, there and back."""
    return source


def timed(workers: Cluster | Here, wanted: Iterable[Source]) -> tuple[float, list[object]]:
    work = Work(partial(analysed, settings=Settings(), asked=True), lambda source, why: None)
    started = time.perf_counter()
    answers = [answer for _, answer in workers.do(work, ((source, None) for source in wanted))]
    return time.perf_counter() - started, answers


if __name__ == "__main__":
    sys.exit(main())
