"""The sources of a program's numbers, put together: options, environment, data files, attribute dicts."""

from __future__ import annotations

from kerasmergelint.tracker.library import (
    argument_parser,
    attribute_dicts,
    commands,
    data_readers,
    environment,
    flags,
    ini_files,
    omegaconf,
    opened,
    paths,
    patterns,
)
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.machine.semantics import Tables
from kerasmergelint.tracker.values.environment import EnvironmentV, FlagsV
from kerasmergelint.tracker.values.value import Value

FUNCTIONS: dict[str, Native] = {
    **argument_parser.FUNCTIONS,
    **attribute_dicts.FUNCTIONS,
    **omegaconf.FUNCTIONS,
    **commands.FUNCTIONS,
    **data_readers.FUNCTIONS,
    **environment.FUNCTIONS,
    **flags.FUNCTIONS,
    **ini_files.FUNCTIONS,
    **opened.FUNCTIONS,
    **paths.FUNCTIONS,
    **patterns.FUNCTIONS,
}


def live(interp: Interpreter, owner: str, name: str) -> Value | None:
    """A library name that stands for part of the running process."""
    if name == "environ" and owner == "os":
        return interp.environment
    return interp.flags if name == "FLAGS" and f"{owner}.FLAGS" in flags.NAMES else None


TABLES: Tables[Interpreter] = Tables(
    call={commands.CommandV: commands.call_command, FlagsV: flags.call_flags},
    attribute={
        EnvironmentV: environment.environment_attribute,
        FlagsV: flags.flags_attribute,
        argument_parser.NamespaceV: argument_parser.namespace_attribute,
        attribute_dicts.AttributeDictV: attribute_dicts.read,
        commands.CommandV: commands.command_attribute,
        flags.HolderV: flags.holder_attribute,
        ini_files.SectionV: ini_files.section_attribute,
        paths.PathV: paths.path_attribute,
        patterns.MatchV: patterns.match_attribute,
        patterns.PatternV: patterns.pattern_attribute,
    },
    has_attribute={attribute_dicts.AttributeDictV: attribute_dicts.has},
    set_attribute={
        FlagsV: flags.set_flag,
        attribute_dicts.AttributeDictV: attribute_dicts.assign,
    },
    item={
        EnvironmentV: environment.environment_item,
        ini_files.SectionV: ini_files.section_item,
        omegaconf.ConfigV: omegaconf.item,
        patterns.MatchV: patterns.match_item,
    },
    truth={patterns.MatchV: lambda interp, match: True},
    binary={paths.PathV: paths.path_operator},
    is_instance={paths.PathV: paths.path_is_instance},
)
