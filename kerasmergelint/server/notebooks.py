"""The cells of a notebook, in order."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.server.documents import Document, Documents, path_of


@dataclass(slots=True)
class Notebook:
    """An open notebook; ``cells`` are the URIs of all its cells, whose code is open."""

    uri: str
    cells: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return path_of(self.uri)


@dataclass(slots=True)
class Notebooks:
    """All open notebooks."""

    documents: Documents
    opened: dict[str, Notebook] = field(default_factory=dict)

    def open(self, params: types.DidOpenNotebookDocumentParams) -> Notebook:
        given = params.notebook_document
        notebook = self.opened[given.uri] = Notebook(given.uri)
        self._open_cells(params.cell_text_documents)
        notebook.cells = _uris(given.cells)
        return notebook

    def change(self, params: types.DidChangeNotebookDocumentParams) -> Notebook | None:
        """Cells were added, removed, moved or edited."""
        notebook = self.opened.get(params.notebook_document.uri)
        cells = params.change.cells
        if notebook is None or cells is None:
            return notebook
        if cells.structure is not None:
            self._open_cells(cells.structure.did_open or [])
            for closed in cells.structure.did_close or []:
                self.documents.close(closed.uri)
            array = cells.structure.array
            end = array.start + array.delete_count
            notebook.cells[array.start : end] = _uris(array.cells or [])
        for edited in cells.text_content or []:
            self.documents.change(
                edited.document.uri, edited.document.version, list(edited.changes)
            )
        return notebook

    def close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        self.opened.pop(params.notebook_document.uri, None)
        for cell in params.cell_text_documents:
            self.documents.close(cell.uri)

    def of_cell(self, uri: str) -> Notebook | None:
        """The notebook that a cell belongs to."""
        return next((book for book in self.opened.values() if uri in book.cells), None)

    def cells(self, notebook: Notebook) -> list[Document]:
        found = map(self.documents.get, notebook.cells)
        return [cell for cell in found if cell is not None]

    def _open_cells(self, cells: Iterable[types.TextDocumentItem]) -> None:
        for cell in cells:
            if cell.language_id == "python":
                self.documents.open(cell.uri, cell.text, cell.version)


def _uris(cells: Iterable[types.NotebookCell]) -> list[str]:
    return [cell.document for cell in cells]
