"""Merges by the words of their calls alone, for files that libcst cannot read, or not fast enough."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.merge_names import Meaning, Role, meaning
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.merge_call import Evidence, MergeCall
from kerasmergelint.syntax.names import walk
from kerasmergelint.syntax.positions import span_in

_EVIDENCE = {
    Role.MERGE: Evidence.CALLEE, Role.JOIN_OP: Evidence.OPERANDS, Role.PAIR_OP: Evidence.OPERANDS,
}  # fmt: skip


_IMPORTS = (ir.Import, ir.ImportFrom)
# The nodes that matter here: most others are names and constants.
_KINDS = (*_IMPORTS, ir.Call, ir.BinOp, ir.AugAssign, ir.Compare)


def merges_by_words(code: ir.ModuleCode) -> list[MergeCall]:
    """Merge layers that are called as they are made, and merging functions, as they were imported.

    All other calls and operators are left open.
    """
    nodes = [node for node in walk(code.body) if isinstance(node, _KINDS)]
    imports = (_imports(node) for node in nodes if isinstance(node, _IMPORTS))
    imported = {name: full for names in imports for name, full in names.items()}
    merges = ((node, _merge(node, imported)) for node in nodes)
    found = [MergeCall(span_in(code, node), *merge) for node, merge in merges if merge is not None]
    return sorted(found, key=lambda call: (call.span.line, call.span.column))


def _imports(node: ir.Import | ir.ImportFrom) -> dict[str, str]:
    """What an import binds, and its full name."""
    if isinstance(node, ir.ImportFrom):
        module = "." * node.level + node.module
        return {alias or name: f"{module}.{name}" for name, alias in node.names}
    roots = {name.partition(".")[0] for name, alias in node.names if alias is None}
    return dict(zip(roots, roots)) | {alias: name for name, alias in node.names if alias}


def _merge(node: object, imported: Mapping[str, str]) -> tuple[str, Evidence] | None:
    """The name of the merge and the evidence, if this can be one."""
    if isinstance(node, (ir.BinOp, ir.AugAssign)):
        return node.op, Evidence.NONE
    if isinstance(node, ir.Compare):
        return node.ops[0], Evidence.NONE
    if not isinstance(node, ir.Call) or not (node.args or node.keywords):
        return None
    func = node.func
    if isinstance(func, ir.Call):
        made = _meaning(func.func, imported)
        if made is not None and made.role is Role.MERGE_LAYER:
            return made.label, Evidence.CALLEE
    called = _meaning(func, imported)
    evidence = None if called is None else _EVIDENCE.get(called.role)
    if called is None or evidence is None:
        return "call", Evidence.NONE
    return called.label, evidence


def _meaning(func: ir.Expression, imported: Mapping[str, str]) -> Meaning | None:
    words: list[str] = []
    while isinstance(func, ir.Attribute):
        words.append(func.attr)
        func = func.value
    if not isinstance(func, ir.Name):
        return None
    words.append(imported.get(func.id, f"?.{func.id}"))
    return meaning(".".join(reversed(words)))
