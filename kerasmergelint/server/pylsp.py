"""A plugin for python-lsp-server: hover and code actions, without a second server.

Loaded by that server alone.  It needs the extra ``lsp``; without it there is nothing to hover over.
"""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pylsp import hookimpl

if TYPE_CHECKING:
    from kerasmergelint.server.documents import Document
    from kerasmergelint.server.snapshot import Snapshot
    from kerasmergelint.server.task import Task

NAME = "kerasmergelint"
Json = dict[str, Any]


def settings() -> Json:
    """The plugin is on; everything else is as in the server's own settings."""
    return {"plugins": {NAME: {"enabled": True}}}


def hover(config: Any, document: Any, position: Json) -> Json | None:
    """What is known about the expression under the cursor; None leaves it to others."""
    found = _analysed(config, document)
    if found is None:
        return None
    from lsprotocol import types

    # late: many files that this server opens are not about Keras
    from kerasmergelint.server.hover import hover as answer

    told = answer(found[0], types.Position(position["line"], position["character"]), found[1])
    if told is None or not isinstance(told.contents, types.MarkupContent):
        return None
    return {"contents": {"kind": "markdown", "value": told.contents.value}}


def code_actions(config: Any, document: Any, range: Json, context: Json) -> list[Json]:
    """Proved repairs, and comments that silence."""
    found = _analysed(config, document)
    if found is None:
        return []
    from lsprotocol import converters, types

    # late: many files that this server opens are not about Keras
    from kerasmergelint.server.actions import actions, meets_finding
    from kerasmergelint.server.offers import offers
    from kerasmergelint.tracker.machine.stopping import Stop

    own, snapshot, task = found
    start, end = (types.Position(at["line"], at["character"]) for at in range.values())
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(own.uri),
        types.Range(start, end),
        types.CodeActionContext([], only=context.get("only")),
    )
    if not meets_finding(own, params, snapshot):
        return []
    if snapshot.offers is None:
        snapshot.offers = offers(task, snapshot.findings, Stop())
    to_json = converters.get_converter()
    return [to_json.unstructure(action) for action in actions(own, params, snapshot)]


def _analysed(config: Any, document: Any) -> tuple[Document, Snapshot, Task] | None:
    """A document of the server's, and what is known about it; None if nothing is."""
    if importlib.util.find_spec("lsprotocol") is None or "keras" not in document.source:
        return None
    chosen = json.dumps(config.plugin_settings(NAME), sort_keys=True, default=str)
    return _analyse(document.uri, document.source, chosen)


@lru_cache(maxsize=8)
def _analyse(uri: str, text: str, chosen: str) -> tuple[Document, Snapshot, Task] | None:
    # late: many files that this server opens are not about Keras
    from kerasmergelint.server.analysis import judge, snapshot_of
    from kerasmergelint.server.documents import Document, path_of
    from kerasmergelint.server.positions import Units
    from kerasmergelint.server.program import of_document
    from kerasmergelint.server.settings import Configurations, folder_of, from_client
    from kerasmergelint.server.task import Task
    from kerasmergelint.tracker.machine.stopping import Stop

    own = Document(uri, path_of(uri), text, None, Units.UTF16)
    folder = folder_of(own.path, [])
    client = from_client(json.loads(chosen))
    configuration, _ = Configurations({"": client}).of(folder)
    task = Task(of_document(own), folder, configuration, {})
    snapshot = snapshot_of(task, Stop())
    if snapshot is None:
        return None
    if client.shown.verdicts and snapshot.report.module is not None:
        judge(snapshot, task, Stop())
    return own, snapshot, task


hookimpl(specname="pylsp_settings")(settings)
hookimpl(specname="pylsp_hover", tryfirst=True)(hover)
hookimpl(specname="pylsp_code_actions")(code_actions)
