"""Rewrites that keep the meaning of a program, as commands of libcst: comments and formatting stay.

The families of safe repairs run them, and take the difference of the texts as edits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import libcst as cst
from libcst.codemod import Codemod, CodemodContext, VisitorBasedCodemodCommand
from libcst.codemod.visitors import AddImportsVisitor
from libcst.helpers import get_full_name_for_node
from libcst.metadata import CodeRange, ParentNodeProvider, PositionProvider

# Line and column of the start and of the end of an expression, lines from 1, columns in characters.
Place = tuple[int, int, int, int]
Command = Callable[[CodemodContext], Codemod]
_DEFAULT = cst.MaybeSentinel.DEFAULT


def rewritten(path: str, text: str, command: Command) -> str:
    """What a command makes of a file; the same text if libcst cannot read it."""
    try:
        module = cst.parse_module(text)
    except cst.ParserSyntaxError:
        return text
    return command(CodemodContext(filename=path)).transform_module(module).code


class _AtPlaces(VisitorBasedCodemodCommand):
    """A command for some of the expressions of a file."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, context: CodemodContext, places: Collection[Place]) -> None:
        super().__init__(context)
        self._places = places

    def is_meant(self, node: cst.CSTNode) -> bool:
        found = self.get_metadata(PositionProvider, node)
        assert isinstance(found, CodeRange)
        start, end = found.start, found.end
        return (start.line, start.column, end.line, end.column) in self._places


class CallOnTensors(_AtPlaces):
    """``Add([a, b], name="sum")`` becomes ``Add(name="sum")([a, b])``."""

    DESCRIPTION = "Give tensors to the call of a layer, not to its constructor."

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        given = [arg for arg in updated_node.args if arg.keyword is None and not arg.star]
        options = [arg for arg in updated_node.args if arg not in given]
        tensors = given[0] if len(given) == 1 else _as_list(given)
        made = updated_node.with_changes(args=_closed(options), whitespace_before_args=_NOTHING)
        before, comma = updated_node.whitespace_before_args, given[-1].comma
        if not _ends_line(comma):
            return cst.Call(func=made, args=[tensors.with_changes(comma=_DEFAULT)])
        return cst.Call(made, [tensors.with_changes(comma=comma)], whitespace_before_args=before)


class PassAsList(_AtPlaces):
    """``Add()(a, b)`` becomes ``Add()([a, b])``."""

    DESCRIPTION = "Pass the tensors of a merge as one list."

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        given = [arg for arg in updated_node.args if arg.keyword is None]
        rest = [arg for arg in updated_node.args if arg.keyword is not None]
        listed = _as_list(given)
        return updated_node.with_changes(
            args=[listed.with_changes(comma=given[-1].comma) if rest else listed, *rest]
        )


_NOTHING = cst.SimpleWhitespace("")


def _as_list(args: Sequence[cst.Arg]) -> cst.Arg:
    """Arguments as one list; the commas between them stay as they are."""
    elements = [cst.Element(arg.value, comma=arg.comma) for arg in args[:-1]]
    return cst.Arg(cst.List([*elements, cst.Element(args[-1].value)]))


def _closed(args: Sequence[cst.Arg]) -> list[cst.Arg]:
    """Arguments without a comma after the last of them, unless a comment follows it."""
    if not args or _has_comment(args[-1].comma):
        return list(args)
    return [*args[:-1], args[-1].with_changes(comma=_DEFAULT)]


def _ends_line(comma: cst.Comma | cst.MaybeSentinel) -> bool:
    after = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    return isinstance(after, cst.ParenthesizedWhitespace)


def _has_comment(comma: cst.Comma | cst.MaybeSentinel) -> bool:
    after = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    return isinstance(after, cst.ParenthesizedWhitespace) and after.first_line.comment is not None


class OneListOfLayers(_AtPlaces):
    """``Sequential([[a, b]])`` becomes ``Sequential([a, b])``."""

    DESCRIPTION = "Put the layers of a Sequential model into one list."

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        flat: list[cst.BaseElement] = []
        for element in updated_node.elements:
            inner = element.value
            flat += inner.elements if isinstance(inner, (cst.List, cst.Tuple)) else [element]
        last = flat.pop() if flat else None
        parts = [
            part if part.comma is not _DEFAULT else part.with_changes(comma=_COMMA) for part in flat
        ]
        ending = [] if last is None else [last.with_changes(comma=_DEFAULT)]
        return updated_node.with_changes(elements=[*parts, *ending])


_COMMA = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


class RenameArgument(_AtPlaces):
    """``Conv2D(8, 3, stride=2)`` becomes ``Conv2D(8, 3, strides=2)``."""

    DESCRIPTION = "Give an argument the name that Keras has for it."

    def __init__(
        self, context: CodemodContext, places: Collection[Place], old: str, new: str
    ) -> None:
        super().__init__(context, places)
        self._old, self._new = old, new

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        return updated_node.with_changes(args=[self._renamed(arg) for arg in updated_node.args])

    def _renamed(self, arg: cst.Arg) -> cst.Arg:
        if arg.keyword is None or arg.keyword.value != self._old:
            return arg
        return arg.with_changes(keyword=cst.Name(self._new))


class TensorsBeforeAxis(_AtPlaces):
    """``tf.concat(3, [a, b])`` becomes ``tf.concat([a, b], 3)``."""

    DESCRIPTION = "Pass the tensors before the axis, as since TensorFlow 1.0."

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        first, second, *rest = updated_node.args
        swapped = first.with_changes(value=second.value), second.with_changes(value=first.value)
        return updated_node.with_changes(args=[*swapped, *rest])


class Suffix(_AtPlaces):
    """``model`` becomes ``model.output``, and ``model.output`` becomes ``model.outputs[0]``."""

    DESCRIPTION = "Use the output of a model where the model itself stands."

    def __init__(self, context: CodemodContext, places: Collection[Place], words: str) -> None:
        super().__init__(context, places)
        self._words = words

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        return cst.parse_expression(updated_node.value + self._words)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        named = updated_node.with_changes(attr=cst.Name(updated_node.attr.value + "s"))
        return cst.Subscript(named, [cst.SubscriptElement(cst.Index(cst.Integer("0")))])


class CallBaseConstructor(VisitorBasedCodemodCommand):
    """``super().__init__()`` becomes the first statement of a class's constructor."""

    DESCRIPTION = "Call the constructor of the base class first."

    def __init__(self, context: CodemodContext, owner: str, passed: str) -> None:
        super().__init__(context)
        self._owner, self._passed = owner, passed
        self._within: list[str] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._within.append(node.name.value)

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.BaseStatement:
        self._within.pop()
        return updated_node

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.BaseStatement:
        is_meant = self._within[-1:] == [self._owner] and original_node.name.value == "__init__"
        body = updated_node.body
        if not is_meant or not isinstance(body, cst.IndentedBlock):
            return updated_node
        first = 1 if original_node.get_docstring() is not None else 0
        call = cst.parse_statement(f"super().__init__({self._passed})")
        lines = [*body.body[:first], call, *body.body[first:]]
        return updated_node.with_changes(body=body.with_changes(body=lines))


class RenameOwnAttribute(VisitorBasedCodemodCommand):
    """``self.weights`` becomes ``self.own_weights`` in one class."""

    DESCRIPTION = "Give an attribute a name that Keras does not keep for itself."

    def __init__(self, context: CodemodContext, owner: str, old: str, new: str) -> None:
        super().__init__(context)
        self._owner, self._old, self._new = owner, old, new
        self._depth = 0

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._depth += self._depth > 0 or node.name.value == self._owner

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.BaseStatement:
        self._depth -= self._depth > 0
        return updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        is_own = get_full_name_for_node(original_node) == f"self.{self._old}"
        if not self._depth or not is_own:
            return updated_node
        return updated_node.with_changes(attr=cst.Name(self._new))


class UseOpOfKeras(_AtPlaces):
    """``tf.concat`` becomes ``keras.ops.concatenate``; what it needs is imported once."""

    DESCRIPTION = "Use the op of Keras for a function of TensorFlow."

    def __init__(
        self, context: CodemodContext, places: Collection[Place], words: str, *, imports: bool
    ) -> None:
        super().__init__(context, places)
        self._words = words
        self._imports = imports

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        if not self.is_meant(original_node):
            return updated_node
        if self._imports:
            AddImportsVisitor.add_needed_import(self.context, "keras", "ops")
        return cst.parse_expression(self._words)


class RenameLayer(VisitorBasedCodemodCommand):
    """``Concat`` becomes ``Concatenate``, wherever it is imported and used."""

    DESCRIPTION = "Use the name that Keras has for a layer."

    def __init__(self, context: CodemodContext, old: str, new: str) -> None:
        super().__init__(context)
        self._old, self._new = old, new

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return (
            updated_node.with_changes(value=self._new)
            if self._is_old(updated_node)
            else updated_node
        )

    def _is_old(self, node: cst.Name) -> bool:
        return node.value == self._old


class DivideByOperator(VisitorBasedCodemodCommand):
    """``Divide()([a, b])`` becomes ``a / b``, and the import goes."""

    DESCRIPTION = "Divide tensors by the operator, since Keras has no such layer."
    METADATA_DEPENDENCIES = (ParentNodeProvider,)
    NAMES = ("Divide", "divide", "Div")
    _WEAKER = (cst.BinaryOperation, cst.UnaryOperation, cst.Attribute, cst.Subscript)
    _LOOSE = (cst.BinaryOperation, cst.Lambda, cst.IfExp)

    def __init__(self, context: CodemodContext) -> None:
        super().__init__(context)
        self._gone: set[str] = set()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        made = (
            updated_node.func.func if isinstance(updated_node.func, cst.Call) else updated_node.func
        )
        name = get_full_name_for_node(made) or ""
        operands = updated_node.args[0].value if len(updated_node.args) == 1 else None
        if name.rpartition(".")[2] not in self.NAMES or not isinstance(
            operands, (cst.List, cst.Tuple)
        ):
            return updated_node
        if len(operands.elements) != 2:
            return updated_node
        self._gone.add(name)
        one, other = (self._bracketed(element.value) for element in operands.elements)
        ratio = cst.BinaryOperation(one, cst.Divide(), other)
        around = self.get_metadata(ParentNodeProvider, original_node)
        return _in_brackets(ratio) if isinstance(around, self._WEAKER) else ratio

    def _bracketed(self, node: cst.BaseExpression) -> cst.BaseExpression:
        loose = isinstance(node, self._LOOSE) and not node.lpar
        return _in_brackets(node) if loose else node

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        return updated_node.visit(_ImportInstead(self._gone, ()))


def _in_brackets(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


class MergeOfKeras1(VisitorBasedCodemodCommand):
    """``merge([a, b], mode="concat", concat_axis=1)`` becomes ``concatenate([a, b], axis=1)``."""

    DESCRIPTION = "Use the functions that replaced `merge` of Keras 1."
    FUNCTIONS: Mapping[str, str] = {
        "concat": "concatenate", "sum": "add", "mul": "multiply", "ave": "average",
        "max": "maximum", "dot": "dot",
    }  # fmt: skip
    _ARGUMENTS: Mapping[str, tuple[str, str]] = {
        "concat_axis": ("concatenate", "axis"),
        "dot_axes": ("dot", "axes"),
    }

    def __init__(self, context: CodemodContext) -> None:
        super().__init__(context)
        self._used: dict[str, None] = {}

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        named = get_full_name_for_node(updated_node.func) or ""
        function = self.FUNCTIONS.get(_mode_of(updated_node))
        if named.rpartition(".")[2] != "merge" or not updated_node.args or function is None:
            return updated_node
        self._used[function] = None
        kept = [updated_node.args[0]]
        for arg in updated_node.args[1:]:
            name = "mode" if arg.keyword is None else arg.keyword.value
            of, new = self._ARGUMENTS.get(name, (function, name))
            if name != "mode" and of == function:
                kept.append(arg.with_changes(keyword=cst.Name(new)))
        func = updated_node.func
        renamed = cst.Name(function)
        if isinstance(func, cst.Attribute):
            return updated_node.with_changes(
                func=func.with_changes(attr=renamed), args=_closed(kept)
            )
        return updated_node.with_changes(func=renamed, args=_closed(kept))

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        gone = {"merge"} if self._used else set[str]()
        return updated_node.visit(_ImportInstead(gone, sorted(self._used)))


def _mode_of(call: cst.Call) -> str:
    """How ``merge`` joins its tensors; it adds them if nothing is said."""
    given = [arg.value for arg in call.args if arg.keyword and arg.keyword.value == "mode"]
    given += [arg.value for arg in call.args[1:2] if arg.keyword is None]
    if not given:
        return "sum"
    return str(given[0].evaluated_value) if isinstance(given[0], cst.SimpleString) else ""


class _ImportInstead(cst.CSTTransformer):
    """Imports some names, or none, from where others were imported."""

    def __init__(self, old: Collection[str], new: Sequence[str]) -> None:
        super().__init__()
        self._old, self._new = old, new

    def leave_ImportFrom(
        self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom
    ) -> cst.ImportFrom | cst.RemovalSentinel:
        if isinstance(updated_node.names, cst.ImportStar):
            return updated_node
        names: list[cst.ImportAlias] = []
        for alias in updated_node.names:
            if alias.evaluated_name not in self._old:
                names.append(alias)
                continue
            added = [cst.ImportAlias(cst.Name(name), comma=_COMMA) for name in self._new]
            if added:
                names += [*added[:-1], added[-1].with_changes(comma=alias.comma)]
            elif names and alias is updated_node.names[-1]:
                names[-1] = names[-1].with_changes(comma=_last_comma(names[-1].comma, alias.comma))
        return updated_node.with_changes(names=names) if names else cst.RemoveFromParent()


def _last_comma(
    comma: cst.Comma | cst.MaybeSentinel, last: cst.Comma | cst.MaybeSentinel
) -> cst.Comma | cst.MaybeSentinel:
    """The comma of what is the last part now: it keeps its comment, and ends where the last one did."""
    one = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    other = last.whitespace_after if isinstance(last, cst.Comma) else None
    if not isinstance(one, cst.ParenthesizedWhitespace):
        return _DEFAULT
    if not isinstance(other, cst.ParenthesizedWhitespace):
        return comma
    return cst.Comma(
        whitespace_after=one.with_changes(indent=other.indent, last_line=other.last_line)
    )
