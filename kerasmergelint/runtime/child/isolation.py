"""Limits of a job: processes, memory, files, the network.

They are for programs that misbehave by accident.  This is not a sandbox against malicious ones: a job
runs with the user's own rights.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any

from .plain import Json

_CLONE_NEWNS = 0x00020000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWPID = 0x20000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION = 0x20080522
_MS_REC_PRIVATE = (1 << 14) | (1 << 18)

# Our own processes of a job: one that passes on its exit status, and the first of its namespace.
OWN_PROCESSES = 2

# TensorFlow maps far more than it uses: stacks and arenas of its threads, guard pages.
_ADDRESS_SLACK = 4 << 30


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def leave_the_network() -> str:
    """Cut off the network; must come before there are threads.

    Returns how: "namespace" (neither this process nor its children can reach any network) or
    "blocked" (only Python's own sockets refuse; other programs can still connect).
    """
    libc = _libc()
    user, group = os.getuid(), os.getgid()
    if libc is not None and libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        with contextlib.suppress(OSError):
            _write("/proc/self/setgroups", "deny")
            _write("/proc/self/gid_map", f"{group} {group} 1")
            _write("/proc/self/uid_map", f"{user} {user} 1")
        return "namespace"
    sys.addaudithook(_refuse_sockets)
    return "blocked"


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as stream:
        stream.write(text)


_NETWORK = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
     "socket.sendmsg", "socket.bind"}
)  # fmt: skip


def _refuse_sockets(event: str, args: tuple[Any, ...]) -> None:
    if event not in _NETWORK:
        return
    source = args[0] if args else None
    if isinstance(source, socket.socket) and source.family == getattr(socket, "AF_UNIX", None):
        return  # multiprocessing talks through these
    raise PermissionError("no network while kerasmergelint runs a program")


def die_with_parent() -> None:
    """Have this process killed when its parent ends, however it ends."""
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def keep_others_out() -> None:
    """Let no process of the same user read this one's memory, or open its files; forks inherit it."""
    _set_open_to_others(0)


def _set_open_to_others(value: int) -> None:
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def has_own_processes() -> bool:
    """Whether a job can be kept from seeing, and from killing, any process but its own."""
    libc = _libc()
    if libc is None:
        return False
    probe = os.fork()
    if probe == 0:
        os._exit(0 if libc.unshare(_CLONE_NEWPID | _CLONE_NEWNS) == 0 else 1)
    return os.waitpid(probe, 0)[1] == 0


def among_own_processes() -> None:
    """Go on in a process that sees only those that it starts, where Linux permits that.

    Three processes come of it.  The first one keeps the number that the server knows, and ends as the
    last one does; the second one is the first of the new namespace, with which everything in it ends;
    the third one returns.
    """
    libc = _libc()
    if libc is None or libc.unshare(_CLONE_NEWPID | _CLONE_NEWNS) != 0:
        return
    told, tell = os.pipe()
    first = os.fork()
    if first:
        os.close(tell)
        _end_as_told(first, told)
    os.close(told)
    die_with_parent()
    libc.mount(b"none", b"/", None, _MS_REC_PRIVATE, None)
    # Refused in some containers.  With it no other job can see this one, which thus may be open, as
    # programs that look at themselves want it.
    if libc.mount(b"proc", b"/proc", b"proc", 0, None) == 0:
        _set_open_to_others(1)
    worker = os.fork()
    if worker:
        _wait_for(worker, tell)
    os.close(tell)
    _give_up_privileges(libc)


def _give_up_privileges(libc: Any) -> None:
    """No longer be the administrator of the namespace, who could undo all this."""
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    none_of_them = (ctypes.c_uint32 * 6)()
    libc.capset(header, none_of_them)


def _end_as_told(first: int, told: int) -> None:
    """Wait for the namespace, and end as the program in it did; never returns."""
    for stream in (1, 2):
        os.close(stream)  # or the server would wait for more output
    said = os.read(told, 16)
    os.waitpid(first, 0)
    status = int(said) if said else 70 << 8
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 70)


def _wait_for(worker: int, tell: int) -> None:
    """Collect processes until the program ends, and say how; never returns."""
    while True:
        pid, status = os.wait()
        if pid == worker:
            os.write(tell, str(status).encode())
            os._exit(0)


def adopt_orphans() -> None:
    """Become the parent of processes that a job leaves behind, to be able to kill them."""
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def limit_this_process(limits: Json, items: int) -> None:
    """Set the kernel's limits; the server's watchdog is more precise, but slower."""
    import resource

    # Leaves room for several cores during all of the time limit.
    seconds = int(limits["seconds"] * items * 4 + 10)
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_FSIZE, int(limits["file"]))
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform.startswith("linux"):
        _lower(resource.RLIMIT_AS, _mapped() + 2 * int(limits["memory"]) + _ADDRESS_SLACK)
        with contextlib.suppress(OSError):
            _write("/proc/self/oom_score_adj", "1000")


def _lower(kind: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (value, value))


def _mapped() -> int:
    """The address space of this process, in bytes."""
    return _statm("self")[0]


def private_memory(pid: int) -> int:
    """The memory of a process that no file backs, in bytes; 0 where that is unavailable."""
    _, resident, shared = _statm(pid)
    return resident - shared


def _statm(pid: int | str) -> tuple[int, int, int]:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as stream:
            mapped, resident, shared = stream.read().split()[:3]
    except (OSError, ValueError):
        return 0, 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(mapped) * page, int(resident) * page, int(shared) * page


def children(pid: int) -> Iterator[int]:
    """The living children of a process; none where there is no ``/proc``."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as stream:
                yield from map(int, stream.read().split())
        except OSError:
            continue


def family(pid: int) -> list[int]:
    """A process and all of its descendants."""
    found, index = [pid], 0
    while index < len(found) and len(found) < 10_000:
        found.extend(child for child in children(found[index]) if child not in found)
        index += 1
    return found


def kill_family(pid: int) -> None:
    """Kill a job: its process group, and descendants that left the group."""
    for member in reversed(family(pid)):
        with contextlib.suppress(OSError):
            os.kill(member, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
