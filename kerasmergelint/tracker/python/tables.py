"""This room's share of the tables: Python's own code and values."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Tables
from kerasmergelint.tracker.python import (
    assigning,
    attributes,
    callables,
    conditions,
    expressions,
    iteration,
    lengths,
    statements,
    subscripts,
)
from kerasmergelint.tracker.python.builtins import methods

TABLES: Tables[Interpreter] = Tables(
    evaluate=expressions.HANDLERS,
    execute=statements.HANDLERS,
    call=callables.CALL,
    attribute={**attributes.READ, **methods.READ},
    has_attribute=attributes.TEST,
    set_attribute=assigning.ASSIGN,
    item=subscripts.READ,
    set_item=subscripts.ASSIGN,
    delete_item=subscripts.DELETE,
    iterate=iteration.ITERATE,
    any_item=iteration.ANY_ITEM,
    truth=conditions.TRUTH,
    length=lengths.LENGTH,
)
