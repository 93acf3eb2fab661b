"""Imports: which names are files of the project, and which belong to a library.

Files are found the way Python would, from the folder of the importing file and from the given roots,
parsed, and run abstractly when first needed.  Nothing is ever imported for real.
"""

from __future__ import annotations

import enum
import os.path
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as FilePath

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.files import Files
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.installed import folder_of, is_within
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.foreign import (
    LIBRARIES,
    hangs_on_foreign,
    is_always_there,
)
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.scope import LazyV, ModuleV, Scope
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import External, Value

# The parts of Keras that are programs themselves, built of its layers.
_APPLICATIONS = "applications"

# The cost of parsing a file, in steps.
_CHARACTERS_A_STEP = 8
# What a star import of a library binds.
_NAMES_A_STEP = 16

Parser = Callable[[Files, str], "ir.ModuleCode | None"]


class Follow(enum.Enum):
    """How far imports are followed."""

    PROJECT = "project"
    INSTALLED = "installed"


@dataclass(slots=True)
class Modules:
    """The files of the project that were loaded."""

    parse: Parser
    follow: Follow
    roots: tuple[FilePath, ...] = ()
    files: Files = field(default_factory=Files)
    loaded: dict[str, ModuleV] = field(default_factory=dict)
    # the same by the file or package folder, and the folders of importing files: imports ask again and again
    placed: dict[FilePath, ModuleV] = field(default_factory=dict)
    folders: dict[str, FilePath] = field(default_factory=dict)
    codes: dict[str, ir.ModuleCode | None] = field(default_factory=dict)
    added: list[FilePath] = field(default_factory=list)  # by the program, to ``sys.path``
    # namespace packages, by their dotted names
    namespaces: dict[str, FilePath] = field(default_factory=dict)
    waiting: list[Callable[[], Value]] = field(default_factory=list)  # imports not carried out yet
    spending: aside.ImportSteps = field(default_factory=aside.ImportSteps)
    # folders of installed packages that are followed
    libraries: set[str] = field(default_factory=set)
    # Where names and the outermost packages were found: each import asks for all parts of its name.
    found: dict[tuple[str, FilePath | None, int], FilePath | None] = field(default_factory=dict)
    tops: dict[FilePath, FilePath] = field(default_factory=dict)
    unrecorded: Files = field(default_factory=Files)

    # -- finding files -------------------------------------------------------------------

    def find(self, dotted: str, start: FilePath | None) -> FilePath | None:
        """The file or package folder of an absolute module name."""
        key = dotted, start, len(self.added)
        if key not in self.found:
            self.found[key] = self._find(dotted, start)
        return self.found[key]

    def _find(self, dotted: str, start: FilePath | None) -> FilePath | None:
        top = dotted.partition(".")[0]
        if top in LIBRARIES and not _is_beside(dotted, start):
            return None
        if self._is_foreign(top, start):
            return self._find_installed(dotted)
        parts = dotted.split(".")
        for root in self._search_path(start):
            found = locate(self.files, root, parts)
            if found is not None:
                return found
        if top in sys.stdlib_module_names:
            return None
        if start is not None:
            for root in above_in_project(self.files, start):
                found = locate(self.files, root, parts)
                if found is not None:
                    return found
        return self._find_installed(dotted)

    def _find_installed(self, dotted: str) -> FilePath | None:
        """A module of an installed package that builds on Keras."""
        parts = dotted.split(".")
        if self.follow is Follow.PROJECT or parts[0] in sys.stdlib_module_names:
            return None
        home = folder_of(self.files, parts[0])
        if home is None:
            return None
        self.libraries.add(str(home))
        return locate(self.unrecorded, home.parent, parts)

    def is_library(self, path: str) -> bool:
        """Whether a file belongs to an installed package that was followed."""
        return bool(self.libraries) and is_within(path, self.libraries)

    def _asked(self, path: str | FilePath) -> Files:
        """Whom to ask about files around a path."""
        return self.unrecorded if self.is_library(str(path)) else self.files

    def _search_path(self, start: FilePath | None) -> list[FilePath]:
        """The folder of the importing file, the roots, and what holds its outermost package."""
        path = [*([start] if start is not None else []), *self.roots]
        if start is not None:
            top = self._outermost(start)
            if top != start:
                path.append(top)
            path.append(top / "src")
        return [*path, *self.added]

    def search(self, interp: Interpreter, folder: str | None) -> None:
        """``sys.path.insert(0, folder)``; None for an unknown folder.

        A relative folder is relative to where the program is started: beside it, or above.
        """
        near = folders_around(interp.frames[0].module.path)
        if folder is None:
            found = near[1:]
        elif os.path.isabs(folder):
            found = [FilePath(os.path.normpath(folder))]
        else:
            found = [FilePath(os.path.normpath(place / folder)) for place in near]
        self.added.extend(place for place in found if place not in self.added)

    def _outermost(self, folder: FilePath) -> FilePath:
        if folder not in self.tops:
            self.tops[folder] = outermost(self.files, folder)
        return self.tops[folder]

    def _is_foreign(self, top: str, start: FilePath | None) -> bool:
        """Whether an installed file imports from another installed package than its own."""
        if start is None or not {"site-packages", "dist-packages"} & set(start.parts):
            return False
        home = self._outermost(start)
        return home == start or start.relative_to(home).parts[0] != top

    # -- data ----------------------------------------------------------------------------

    def data(self, interp: Interpreter, path: str) -> bytes | None:
        """The content of a data file of the project; None if it is uncertain which file is meant.

        A relative path is relative to where the program is started, which is beside it or above;
        two different files of that name make it ambiguous.
        """
        near = folders_around(interp.frames[0].module.path)
        if os.path.isabs(path):
            found = [FilePath(os.path.normpath(path))]
        else:
            found = list(dict.fromkeys(FilePath(os.path.normpath(f / path)) for f in near))
        contents = {
            self.files.content(file, _LARGEST_DATA)
            for file in found
            if _belongs(file, near) and self.files.is_file(file)
        }
        return contents.pop() if len(contents) == 1 else None

    # -- imports that wait ---------------------------------------------------------------

    def later(self, interp: Interpreter, get: Callable[[], Value]) -> LazyV:
        """A value that is loaded when first needed, as if the importing module asked then."""
        module = interp.frame.module

        def load() -> Value:
            with aside.within(interp, Frame(module.scope, module, "<import>")):
                return get()

        self.waiting.append(load)
        return LazyV(load)

    def settle(self, interp: Interpreter, registry: DictV, key: Value) -> None:
        """Carry out pending imports until a registry has a key.

        Modules register functions and classes when imported, whether or not a name of theirs is
        used.
        """
        if not self.waiting or not isinstance(key, str) or not self._is_registry(registry):
            return
        while self.waiting and key not in registry.items:
            self.waiting.pop(0)()

    def _is_registry(self, value: DictV) -> bool:
        """Whether a dict belongs to a module, and holds nothing but functions and classes."""
        if value.open or not all(isinstance(v, (FunctionV, ClassV)) for v in value.items.values()):
            return False
        return any(
            value is held or (isinstance(held, (ClassV, Instance)) and _holds(held, value))
            for module in self.loaded.values()
            for held in module.scope.variables.values()
        )

    # -- loading -------------------------------------------------------------------------

    def load(self, interp: Interpreter, dotted: str) -> Value:
        """The module object for ``import dotted``."""
        current = interp.frame.module
        folder = self._folder_of(current.path) if current.path else None
        found = self.find(dotted, folder) or self.namespaces.get(dotted)
        if found is None:
            interp.not_found += not is_always_there(dotted)
            return External(dotted)
        parent = dotted.rpartition(".")[0]
        if parent and (dotted.partition(".")[0] not in LIBRARIES or _is_beside(parent, folder)):
            self.namespaces.setdefault(parent, found.parent)
            self.load(interp, parent)
        return self._module(interp, dotted, found)

    def _folder_of(self, path: str) -> FilePath:
        folder = self.folders.get(path)
        if folder is None:
            folder = self.folders[path] = FilePath(path).parent
        return folder

    def _module(self, interp: Interpreter, dotted: str, found: FilePath) -> Value:
        known = self.placed.get(found)
        if known is not None:
            return known
        files = self._asked(found / "__init__.py")
        is_folder = files.is_folder(found)
        file = found / "__init__.py" if is_folder else found
        key = str(file if files.is_file(file) else found)
        if key in self.loaded:
            known = self.placed[found] = self.loaded[key]
            return known
        births = interp.heap.births
        scope = Scope(interp.heap, None, None, "module")
        module = ModuleV(interp.heap, dotted, key, scope, package=is_folder)
        scope.module = module
        scope.variables.update({"__name__": dotted, "__file__": os.path.abspath(key)})
        self.loaded[key] = self.placed[found] = module
        if files.is_file(file):
            self._run(interp, module, key, births)
        return module

    def _run(self, interp: Interpreter, module: ModuleV, key: str, births: int) -> None:
        """Run a file for the names that it defines; its findings are reported when it is linted itself."""
        library = self.is_library(key)
        if key not in self.codes:
            spent = self.spending.is_over(interp.budget, library=library)
            self.codes[key] = None if spent else self.parse(self._asked(key), key)
        code = self.codes[key]
        if code is None:
            module.scope.open = True
            return
        pays = aside.paying_itself if library else aside.paid_by_project
        with pays(interp, self.spending):
            interp.budget.used += code.size // _CHARACTERS_A_STEP
            _run_body(interp, module, code, births)

    # -- from ... import ... -------------------------------------------------------------

    def resolve_from(self, interp: Interpreter, dotted: str, level: int) -> Value:
        """The module that ``from <level dots><dotted> import`` names."""
        if level == 0:
            return self.load(interp, dotted)
        current = interp.frame.module
        if not current.path:
            return External(f"(relative).{dotted}")
        folder = self._folder_of(current.path)
        for _ in range(level - 1):
            folder = folder.parent
        package = current.name if current.package else current.name.rpartition(".")[0]
        for _ in range(level - 1):
            package = package.rpartition(".")[0]
        name = f"{package}.{dotted}".strip(".") if dotted else package
        files = self._asked(current.path)
        found = locate(files, folder, dotted.split(".")) if dotted else folder
        if found is None:
            return External(f"(relative).{name}")
        return self._module(interp, name or folder.name, found)

    def member(self, interp: Interpreter, module: Value, name: str, site: Site) -> Value:
        """``module.name``, or the submodule of that name."""
        if not isinstance(module, ModuleV):
            return interp.attribute(module, name, site)
        if name in module.scope.variables:
            return module.scope.read(name)
        if module.package:
            folder = (
                self._folder_of(module.path)
                if module.path.endswith(".py")
                else FilePath(module.path)
            )
            dotted = f"{module.name}.{name}"
            files = self._asked(module.path)
            found = locate(files, folder, [name]) or self.namespaces.get(dotted)
            if found is not None:
                return self._module(interp, dotted, found)
        if name == "__dict__":
            return interp.unknown("the __dict__ of a module")
        return interp.unknown(f"{name} was not found in {module.name}")

    def has_member(self, module: ModuleV, name: str) -> bool | None:
        """Whether a module has an attribute; None if something unknown was imported into it."""
        if name in module.scope.variables:
            return True
        folder = FilePath(module.path).parent
        if module.package and locate(self._asked(module.path), folder, [name]) is not None:
            return None  # a submodule, if it was imported anywhere
        return None if module.scope.open else False

    def import_star(self, interp: Interpreter, module: Value, scope: Scope) -> None:
        """``from module import *``."""
        interp.heap.touch(scope)
        if isinstance(module, External):
            _import_library_star(interp, module, scope)
        if not isinstance(module, ModuleV):
            return
        listed = module.scope.read("__all__")
        items = None
        if listed is not None:
            items = interp.iterate(listed, Site(module, None))
        names = (
            [item for item in items if isinstance(item, str)]
            if items is not None
            else [name for name in module.scope.variables if not name.startswith("_")]
        )
        for name in names:
            member = self.member(interp, module, name, Site(module, None))
            _bind_starred(interp, scope, name, member)
        scope.open = scope.open or module.scope.open


# How many folders above a file its project may begin.
_MOST_ABOVE = 3
_LARGEST_DATA = 200_000


def folders_around(path: str) -> list[FilePath]:
    """The folders from which the program may be started, nearest first."""
    folder = FilePath(os.path.abspath(path)).parent
    return [folder, *list(folder.parents)[:_MOST_ABOVE]]


def _holds(owner: ClassV | Instance, value: Value) -> bool:
    content = owner.namespace if isinstance(owner, ClassV) else owner.attributes
    return any(held is value for held in content.values())


def _belongs(file: FilePath, near: Sequence[FilePath]) -> bool:
    """Whether a file belongs to the project: no folder on its path is hidden."""
    for folder in near:
        if folder.parent != folder and file.is_relative_to(folder):
            inner = file.relative_to(folder).parts
            return bool(inner) and not any(part.startswith(".") for part in inner[:-1])
    return False


def outermost(files: Files, folder: FilePath) -> FilePath:
    """The folder that holds the outermost package around a folder; the folder itself if there is none."""
    while files.is_file(folder / "__init__.py") and folder.parent != folder:
        folder = folder.parent
    return folder


# Files that mark the root folder of a project.
_MARKS_OF_A_PROJECT = (
    ".git", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "README.md", "README.rst",
    "LICENSE",
)  # fmt: skip


def above_in_project(files: Files, folder: FilePath) -> Iterator[FilePath]:
    """The folders from a file's own up to the project's root, each with its ``src``.

    A program is started from one of them, or the project is installed from there in editable mode.
    """
    around = [folder, *list(folder.parents)[: _MOST_ABOVE + 1]]
    for count, place in enumerate(around):
        if any(files.exists(place / mark) for mark in _MARKS_OF_A_PROJECT):
            for found in around[: count + 1]:
                yield found
                yield found / "src"
            return


def bind_anything(interp: Interpreter, scope: Scope) -> None:
    """Unknown names are bound: there may be any, and settings may have other values now."""
    interp.heap.touch(scope)
    scope.open = True
    for name, value in scope.variables.items():
        if is_constant(value) and not name.startswith("_"):
            scope.variables[name] = interp.unknown(f"{name} may have been bound again")


def _import_library_star(interp: Interpreter, module: External, scope: Scope) -> None:
    starred = interp.semantics.star_names(interp, module.dotted)
    if starred is None:
        bind_anything(interp, scope)
        return
    interp.work(len(starred.names) // _NAMES_A_STEP)
    for name in starred.names:
        _bind_starred(interp, scope, name, module.child(name))


def _bind_starred(interp: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Bind what a star import brings, unless it would take a name for what only other versions have."""
    if name not in scope.variables or not _is_of_others(interp, value):
        scope.variables[name] = value


def _is_of_others(interp: Interpreter, value: Value) -> bool:
    """Whether a name of a library is not in the version that is meant, as far as that is known."""
    if not isinstance(value, External):
        return False
    owner, _, name = value.dotted.rpartition(".")
    starred = interp.semantics.star_names(interp, owner)
    return starred is not None and name in starred.perhaps


def _run_body(interp: Interpreter, module: ModuleV, code: ir.ModuleCode, births: int) -> None:
    """Run a file of the project in a way that choices do not matter that some missing module makes.

    Others, such as those by a version, are mostly between ways to the same names.
    """
    with aside.importing(interp, births):
        mark, decided = interp.heap.mark(), len(interp.path.taken)
        _run_statements(interp, module, code)
        made = interp.path.taken[decided:]
        by_foreign = any(not one.free and hangs_on_foreign(one.term) for one in made)
        if not by_foreign or interp.modules.is_library(module.path):
            interp.heap.release(mark)
            return
        interp.heap.rollback_to(mark)
    with aside.importing(interp, births), aside.all_paths(interp):
        _run_statements(interp, module, code)


def _run_statements(interp: Interpreter, module: ModuleV, code: ir.ModuleCode) -> None:
    try:
        with aside.within(interp, Frame(module.scope, module, "<module>")):
            _execute_each(interp, module, code.body)
    except OutOfBudget:
        module.scope.open = True


def _execute_each(interp: Interpreter, module: ModuleV, body: Sequence[ir.Statement]) -> None:
    """Run the statements of a file that is imported.

    The program that imports it works, so a statement that seems to raise was misunderstood: the
    next one is run all the same.
    """
    for statement in body:
        try:
            interp.execute((statement,))
        except Raised:
            module.scope.open = True


def _is_beside(dotted: str, start: FilePath | None) -> bool:
    """Whether one of Keras's own applications imports its neighbour, such as ``imagenet_utils``."""
    package, found, _ = f"{dotted}.".partition(f".{_APPLICATIONS}.")
    if start is None or not found:
        return False
    own = (*package.split("."), _APPLICATIONS)
    return start.parts[-len(own) :] == own


def locate(files: Files, root: FilePath, parts: list[str]) -> FilePath | None:
    """The file or folder under ``root`` that a dotted name leads to."""
    place = root
    for part in parts[:-1]:
        place = place / part
        if not files.is_folder(place):
            return None
    last = place / parts[-1]
    if files.is_file(last / "__init__.py"):
        return last
    file = place / f"{parts[-1]}.py"
    if files.is_file(file):
        return file
    return last if parts[-1] and files.holds_python(last) else None
