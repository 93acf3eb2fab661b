"""A notebook is one program, whose cells are read in their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.server.editor import File

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = "%matplotlib inline\nimport keras\na = keras.Input((4,))\n"
SECOND = "b = keras.layers.Dense(5)(a)\nx = keras.layers.Add()([a, b])\n"


def open_notebook(client: LanguageClient, path: Path, *texts: str) -> list[File]:
    """Open a notebook with code cells of these texts."""
    cells = [File(client, path.with_name(f"{path.name}-cell{n}")) for n in range(len(texts))]
    code = types.NotebookCellKind.Code
    notebook = types.NotebookDocument(
        path.as_uri(),
        "jupyter-notebook",
        1,
        [types.NotebookCell(code, cell.uri) for cell in cells],
    )
    items = [
        types.TextDocumentItem(cell.uri, "python", 1, text) for cell, text in zip(cells, texts)
    ]
    client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, items))
    return cells


def change(client: LanguageClient, path: Path, cells: types.NotebookDocumentCellChanges) -> None:
    client.notebook_document_did_change(
        types.DidChangeNotebookDocumentParams(
            types.VersionedNotebookDocumentIdentifier(2, path.as_uri()),
            types.NotebookDocumentChangeEvent(cells=cells),
        )
    )


async def test_a_cell_knows_those_before_it(client: LanguageClient, tmp_path: Path) -> None:
    path = tmp_path / "net.ipynb"
    first, second = open_notebook(client, path, FIRST, SECOND)
    [shown] = await second.diagnostics("KML111")
    assert shown.range.start == types.Position(1, 4)
    await first.diagnostics()
    assert "(None, 5)" in await second.hover(0, 0)
    at = types.Range(types.Position(2, 17), types.Position(2, 18))
    text = types.TextDocumentContentChangePartial(at, "5")
    edited = types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(2, first.uri), [text]
    )
    change(client, path, types.NotebookDocumentCellChanges(text_content=[edited]))
    await second.diagnostics()


async def test_cells_come_and_go(client: LanguageClient, tmp_path: Path) -> None:
    path = tmp_path / "net.ipynb"
    _, second = open_notebook(client, path, FIRST, SECOND)
    await second.diagnostics("KML111")
    new = types.TextDocumentItem(
        (tmp_path / "new-cell").as_uri(), "python", 1, "a = keras.Input((5,))\n"
    )
    cell = types.NotebookCell(types.NotebookCellKind.Code, new.uri)
    array = types.NotebookCellArrayChange(1, 0, [cell])
    structure = types.NotebookDocumentCellChangeStructure(array, [new])
    change(client, path, types.NotebookDocumentCellChanges(structure=structure))
    await second.diagnostics()
    gone = types.NotebookCellArrayChange(1, 1)
    structure = types.NotebookDocumentCellChangeStructure(
        gone, did_close=[types.TextDocumentIdentifier(new.uri)]
    )
    change(client, path, types.NotebookDocumentCellChanges(structure=structure))
    [shown] = await second.diagnostics("KML111")
    assert shown.range.start == types.Position(1, 4)
