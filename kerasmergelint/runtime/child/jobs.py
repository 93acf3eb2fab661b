"""The process of one job, from its fork to its end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable

from . import execute, frames, isolation, replay
from .plain import Json

# The exit status of a job that ran to its end; a program that calls exit() has another one.
DONE = 86

Send = Callable[[Json], None]


def become(request: Json, folder: str, results: int, output: int, key: bytes) -> None:
    """Turn a fresh fork into the process of a job; never returns."""
    status = 70
    try:
        os.setsid()
        isolation.die_with_parent()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(output, 1)
        os.dup2(output, 2)
        # High, out of the way of the program's own descriptors.
        channel = _move_up(results)
        _close_others(channel)
        os.chdir(folder)
        for name in ("HOME", "TMPDIR", "KERAS_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
            os.environ[name] = folder
        isolation.among_own_processes()
        isolation.limit_this_process(request["limits"], max(1, len(request["items"])))
        _run(request, _sender(channel, key))
        status = DONE
    except BaseException:
        with contextlib.suppress(BaseException):
            traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _move_up(stream: int) -> int:
    import fcntl

    # Where it lands says nothing about where the next one will.
    moved = fcntl.fcntl(stream, fcntl.F_DUPFD_CLOEXEC, 200 + os.urandom(1)[0])
    os.close(stream)
    return moved


def _close_others(channel: int) -> None:
    """Close the pipes of the server and of other jobs."""
    os.closerange(3, channel)
    os.closerange(channel + 1, 1 << 16)


def _sender(channel: int, key: bytes) -> Send:
    """Sends the result of the next item; the server counts, so nothing here says which it is."""
    owner = os.getpid()

    def send(result: Json) -> None:
        if os.getpid() != owner:  # a fork of the program must not answer in its place
            return
        data = json.dumps(result, default=repr).encode()
        frames.write_all(channel, frames.framed(key, data))

    return send


def _run(request: Json, send: Send) -> None:
    run = replay.run if request["kind"] == "replay" else execute.run
    for item in request["items"]:
        send(run(item))
