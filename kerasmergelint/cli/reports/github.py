"""GitHub Actions workflow commands, shown as annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.cli.checking.results import Checked, Located, UnreadFile
from kerasmergelint.cli.checking.together import shared_path
from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.cli.programs.place_names import line_name
from kerasmergelint.rules.printable import printable
from kerasmergelint.tracker.machine.verdict import Verdict

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def print_report(checked: Checked, *, verdicts: bool) -> None:
    for file in checked.unread:
        print(unread(file))
    for error in checked.errors:
        properties = {"file": shared_path(error.source.path), "title": "internal error"}
        print(_command("error", properties, error.words))
    for located in checked.findings:
        print(annotation(located))
    if verdicts:
        for merge in checked.merges:
            if merge.verdict is Verdict.UNKNOWN:
                place = f"file={_property(shared_path(merge.source.path))},line={merge.line}"
                print(f"::notice {place}::{_data(f'{merge.callee}: unknown, {merge.reason}')}")


def annotation(located: Located) -> str:
    """One finding; columns count from 1, and the end is inclusive."""
    finding, source = located.finding, located.source
    origin = source.origin(finding.line)
    properties = {"file": shared_path(source.path), "title": finding.code}
    if origin is None:
        properties["line"] = str(finding.line)
        properties["col"] = str(finding.column + 1)
        if finding.end_line is not None and finding.end_column is not None:
            properties["endLine"] = str(finding.end_line)
            properties["endColumn"] = str(max(finding.end_column, 1))
    elif origin.raw is not None:
        properties["line"] = str(origin.raw)
    words = finding.message
    if origin is not None:
        words = f"{line_name(source, finding.line)}: {words}"
    return _command(_COMMANDS[severity(finding.code)], properties, words)


def unread(file: UnreadFile) -> str:
    """A file that could not be read."""
    properties = {"file": shared_path(file.source.path), "title": "not read"}
    if file.why.line is not None:
        properties["line"] = str(file.why.line)
    return _command("error", properties, file.why.reason)


def _command(name: str, properties: Mapping[str, str], words: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(words)}"


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
