"""The folder is its owner's alone, and bounded; its absence or damage does no harm."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kerasmergelint import cache as caching
from kerasmergelint.cache.entry import Kept
from kerasmergelint.cache.folder import Folder
from tests.cache.linting import BROKEN, cache_in, entries, lint

posix = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
KEY, OTHER = "a" * 48, "b" * 48


def opened(path: Path) -> Folder:
    folder = Folder.open(str(path))
    assert folder is not None
    return folder


@posix
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        opened(tmp_path / "new" / "cache").write(KEY, b"x")
    finally:
        os.umask(before)
    inner = tmp_path / "new" / "cache" / "findings-1"
    assert stat.S_IMODE(inner.stat().st_mode) == 0o700
    for file in inner.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@posix
def test_a_folder_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    inner = tmp_path / "findings-1"
    inner.mkdir(mode=0o755)
    inner.chmod(0o755)
    opened(tmp_path)
    assert stat.S_IMODE(inner.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("mode", [0o770, 0o720, 0o702, 0o777])
def test_a_folder_that_others_can_write_is_not_used(mode: int, tmp_path: Path) -> None:
    inner = tmp_path / "findings-1"
    inner.mkdir()
    inner.chmod(mode)
    assert Folder.open(str(tmp_path)) is None
    assert list(inner.iterdir()) == []


@posix
def test_a_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path).write(KEY, b"x")
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert Folder.open(str(tmp_path)) is None


@posix
def test_an_entry_of_somebody_else_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened(tmp_path)
    folder.write(KEY, b"x")
    assert folder.read(KEY) == b"x"
    (tmp_path / "findings-1" / f"{KEY}.json").chmod(0o622)
    assert folder.read(KEY) is None
    (tmp_path / "findings-1" / f"{KEY}.json").chmod(0o600)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert folder.read(KEY) is None


@posix
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "chosen").mkdir()
    (tmp_path / "chosen" / "findings-1").symlink_to(tmp_path / "real")
    assert Folder.open(str(tmp_path / "chosen")) is None
    folder = opened(tmp_path / "other")
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "other" / "findings-1" / f"{KEY}.json").symlink_to(tmp_path / "secret")
    assert folder.read(KEY) is None
    folder.write(KEY, b"mine")
    assert (folder.read(KEY), (tmp_path / "secret").read_text()) == (b"mine", "x")


@posix
def test_a_folder_that_is_put_in_its_place_meanwhile_is_not_used(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    (tmp_path / "findings-1").rename(tmp_path / "away")
    (tmp_path / "findings-1").mkdir(mode=0o777)
    folder.write(KEY, b"x")
    assert not list((tmp_path / "findings-1").iterdir())
    assert folder.read(KEY) == b"x"


@posix
def test_nothing_waits_for_a_pipe(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    os.mkfifo(tmp_path / "findings-1" / f"{KEY}.json", 0o600)
    assert folder.read(KEY) is None


def test_a_folder_in_the_place_of_an_entry(tmp_path: Path) -> None:
    (tmp_path / "findings-1").mkdir(mode=0o700)
    (tmp_path / "findings-1" / f"{KEY}.json").mkdir()
    cache = cache_in(tmp_path)
    cache.keep(KEY, Kept(()), {})
    assert cache.recall(KEY) is None


def test_a_huge_entry_is_neither_written_nor_read(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.write(KEY, b"x" * (1 << 21))
    assert folder.read(KEY) is None and entries(tmp_path) == []
    with open(tmp_path / "findings-1" / f"{KEY}.json", "wb") as stream:
        stream.truncate(1 << 40)  # takes no room, and would take all memory
    assert folder.read(KEY) is None


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EACCES, errno.EMFILE])
@pytest.mark.parametrize("function", ["mkdir", "open", "replace"])
def test_a_disk_that_takes_nothing(
    code: int, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = tmp_path / "net.py"
    net.write_text(BROKEN)
    lint(cache_in(tmp_path / "warm"), net)  # everything else is loaded

    def refuse(*_: object, **__: object) -> object:
        raise OSError(code, "refused")

    folder = None if function == "mkdir" else Folder.open(str(tmp_path / "cache"))
    monkeypatch.setattr(os, function, refuse)
    if folder is None:
        assert Folder.open(str(tmp_path / "cache")) is None
        return
    found, hit = lint(caching.Cache(folder), net)
    assert [f.code for f in found] == ["KML111"] and not hit
    monkeypatch.undo()
    names = {file.name for file in (tmp_path / "cache" / "findings-1").iterdir()}
    assert names == {"CACHEDIR.TAG", ".gitignore"}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = opened(tmp_path)
    folder.write(KEY, b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        folder.write(KEY, b"new")
    assert len(list((tmp_path / "findings-1").iterdir())) == 3
    assert folder.read(KEY) == b"old"


# -- size ---------------------------------------------------------------------------------------


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    inner = tmp_path / "findings-1"
    for age in range(10):
        key = f"{age:048x}"
        folder.write(key, b"x" * 10_000)
        moment = time.time() - age * 1000
        os.utime(inner / f"{key}.json", (moment, moment))
    (inner / "stranger.txt").write_text("x" * 100_000)
    folder.shrink(10 * 12_288)
    assert len(entries(tmp_path)) == 10  # it is not too large
    folder.shrink(8 * 12_288)
    assert [file.name for file in entries(tmp_path)] == [f"{age:048x}.json" for age in range(6)]
    assert (inner / "stranger.txt").exists()


def test_what_a_writer_left_when_it_was_ended_goes(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    left = tmp_path / "findings-1" / f"{KEY}.json.{'0' * 16}"
    left.write_text("half")
    folder.shrink(1 << 20)
    assert left.exists()  # somebody may be at it
    os.utime(left, (1, 1))
    folder.shrink(1 << 20)
    assert not left.exists()


def test_use_makes_young(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.write(KEY, b"x")
    file = tmp_path / "findings-1" / f"{KEY}.json"
    os.utime(file, (1, 1))
    folder.read(KEY)
    assert (file.stat().st_mtime > 1) is (folder.descriptor is not None)


def test_storing_looks_at_the_size_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "_LARGEST_FOLDER", 0)
    cache = cache_in(tmp_path)
    cache.keep(KEY, Kept(()), {})
    assert len(entries(tmp_path)) == 1
    cache.keep("00" + "c" * 46, Kept(()), {})
    assert entries(tmp_path) == []


# -- where it is --------------------------------------------------------------------------------


@pytest.fixture
def nothing_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KERASMERGELINT_NO_CACHE", "KERASMERGELINT_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_users_cache_folder_is_the_default(nothing_chosen: Path) -> None:
    assert caching.open_cache() is not None
    [inner] = nothing_chosen.rglob("findings-1")
    assert inner.parent.name.lower() == "kerasmergelint"
    assert inner.is_relative_to(nothing_chosen / "home")


def test_the_environment_can_set_it(nothing_chosen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERASMERGELINT_CACHE_DIR", str(nothing_chosen / "there"))
    caching.open_cache()
    assert (nothing_chosen / "there" / "findings-1").is_dir()
    caching.open_cache(str(nothing_chosen / "option"))
    assert (nothing_chosen / "option" / "findings-1").is_dir()
    monkeypatch.setenv("KERASMERGELINT_NO_CACHE", "1")
    assert caching.open_cache(str(nothing_chosen / "option")) is None


def test_no_home_is_no_cache(nothing_chosen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.chdir(nothing_chosen)
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: "~/.cache/kerasmergelint")
    caching._open.cache_clear()
    assert caching.open_cache() is None
    assert not list(nothing_chosen.iterdir())

    def fail(*_: object, **__: object) -> str:
        raise RuntimeError("who are you?")

    monkeypatch.setattr(platformdirs, "user_cache_dir", fail)
    caching._open.cache_clear()
    assert caching.open_cache() is None
    caching._open.cache_clear()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("x")
    assert Folder.open(str(tmp_path / "cache")) is None
    assert Folder.open(str(tmp_path / "cache" / "below")) is None


# -- many at once -------------------------------------------------------------------------------

WRITER = """
import sys
from kerasmergelint.cache.folder import Folder
folder = Folder.open(sys.argv[1])
content = sys.argv[2].encode() * 50_000
for _ in range(300):
    folder.write("a" * 48, content)
    seen = folder.read("a" * 48)
    assert seen is not None and len(seen) == 50_000 and len(set(seen)) == 1, seen
"""


def test_processes_that_write_the_same_entry_never_see_half_of_it(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("a file that is being read cannot be replaced there")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), letter]) for letter in "xyz"
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    assert [file.name for file in entries(tmp_path)] == [f"{KEY}.json"]
    assert len(list((tmp_path / "findings-1").iterdir())) == 3
