"""The tenant listener: a statement over a tenant's table that does not name its tenant is refused.

A table is named when its tenant column is compared (`=`, `IN`) with something that is no tenant
column, or with the tenant column of a table that is named. Every arm of a union names its own.
"""

from collections.abc import Iterator
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Delete,
    Engine,
    Executable,
    Insert,
    Select,
    Table,
    Update,
    event,
)
from sqlalchemy.engine import Compiled, ExecutionContext
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect, SelectStatementGrouping

from .metadata import TENANT

ACROSS_TENANTS = "across_tenants"
_NAMING = (operators.eq, operators.in_op)
Statement = TypeVar("Statement", bound=Executable)
_sound: "WeakSet[Compiled]" = WeakSet()


class TenantNotNamed(AssertionError):
    """A programming error: the statement could read or change another tenant's rows."""


def across_tenants(statement: Statement) -> Statement:
    """The named escape, for statements that serve the whole installation."""
    return statement.execution_options(**{ACROSS_TENANTS: True})


def install(engine: Engine) -> None:
    """Check every Core statement that runs on this engine."""
    event.listen(engine, "before_cursor_execute", _check)


def _check(
    connection: Connection,
    cursor: Any,
    sql: str,
    parameters: Any,
    context: ExecutionContext | None,
    many: bool,
) -> None:
    """Look at each compiled statement once: those that share one differ in their values only.

    `across_tenants` is no part of what they share, so it is asked for every time.
    """
    compiled = getattr(context, "compiled", None)
    if context is None or compiled is None or compiled in _sound:
        return
    if context.execution_options.get(ACROSS_TENANTS):
        return
    _check_statement(compiled.statement)
    _sound.add(compiled)


def _check_statement(statement: Any) -> None:
    if isinstance(statement, Insert):
        _check_insert(statement)
    elif isinstance(statement, Select | CompoundSelect | Update | Delete):
        _check_filters(statement)


def _check_insert(statement: Insert) -> None:
    """An INSERT without a tenant fails by NOT NULL; what it copies from must be filtered."""
    if statement.select is not None:
        _check_filters(statement.select)
        return
    for element in visitors.iterate(statement):
        if isinstance(element, ScalarSelect):
            _check_filters(element.element)


def _check_filters(statement: Any) -> None:
    if isinstance(statement, SelectStatementGrouping):
        return _check_filters(statement.element)
    if isinstance(statement, CompoundSelect):
        for arm in statement.selects:
            _check_filters(arm)
        return None
    tables = {table for table in _tables(statement) if TENANT in table.c}
    if not tables:
        return None
    named = _named_tables(statement)
    missing = sorted(table.name for table in tables if table not in named)
    if missing:
        raise TenantNotNamed(f"statement over {', '.join(missing)} names no tenant: {statement}")
    return None


def _tables(statement: Any) -> Iterator[Table]:
    for element in visitors.iterate(statement):
        if isinstance(element, Table):
            yield element
    if isinstance(statement, Update | Delete) and isinstance(statement.table, Table):
        yield statement.table


def _named_tables(statement: Any) -> set[Table]:
    named: set[Table] = set()
    tied: list[list[Table]] = []
    for element in visitors.iterate(statement):
        if isinstance(element, BinaryExpression) and element.operator in _NAMING:
            sides = (_tenant_column_table(side) for side in (element.left, element.right))
            tables = [table for table in sides if table is not None]
            named.update(tables if len(tables) == 1 else ())
            tied.append(tables)
    while more := {table for pair in tied if named & set(pair) for table in pair} - named:
        named |= more
    return named


def _tenant_column_table(side: ColumnElement[Any]) -> Table | None:
    if getattr(side, "key", None) != TENANT:
        return None
    table = getattr(side, "table", None)
    if isinstance(table, Table):
        return table
    return getattr(table, "element", None)
