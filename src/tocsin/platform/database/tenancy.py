"""The tenant listener: a statement over a tenant's table that does not name its tenant is refused."""

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import (
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
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnElement

from .metadata import TENANT

ACROSS_TENANTS = "across_tenants"
Statement = TypeVar("Statement", bound=Executable)


class TenantNotNamed(AssertionError):
    """A programming error: the statement could read or change another tenant's rows."""


def across_tenants(statement: Statement) -> Statement:
    """The named escape, for statements that serve the whole installation."""
    return statement.execution_options(**{ACROSS_TENANTS: True})


def install(engine: Engine) -> None:
    """Check every Core statement that runs on this engine."""
    event.listen(engine, "before_execute", _check)


def _check(
    connection: Connection, statement: Any, multiparams: Any, params: Any, options: Any
) -> None:
    if connection.get_execution_options().get(ACROSS_TENANTS) or options.get(ACROSS_TENANTS):
        return
    if isinstance(statement, Insert):
        _check_insert(statement)
    elif isinstance(statement, Select | Update | Delete):
        _check_filters(statement)


def _check_insert(statement: Insert) -> None:
    """An INSERT without a tenant fails by NOT NULL; one that copies rows must filter them."""
    table = statement.table
    if not isinstance(table, Table) or TENANT not in table.c:
        return
    if statement.select is not None:
        _check_filters(statement.select)


def _check_filters(statement: Any) -> None:
    tables = {table for table in _tables(statement) if TENANT in table.c}
    if not tables:
        return
    named = set(_tables_compared(statement))
    missing = sorted(table.name for table in tables if table not in named)
    if missing:
        raise TenantNotNamed(f"statement over {', '.join(missing)} names no tenant: {statement}")


def _tables(statement: Any) -> Iterator[Table]:
    for element in visitors.iterate(statement):
        if isinstance(element, Table):
            yield element
    if isinstance(statement, Update | Delete) and isinstance(statement.table, Table):
        yield statement.table


def _tables_compared(statement: Any) -> Iterator[Table]:
    for element in visitors.iterate(statement):
        if isinstance(element, BinaryExpression):
            for side in (element.left, element.right):
                table = _tenant_column_table(side)
                if table is not None:
                    yield table


def _tenant_column_table(side: ColumnElement[Any]) -> Table | None:
    if getattr(side, "key", None) != TENANT:
        return None
    table = getattr(side, "table", None)
    if isinstance(table, Table):
        return table
    return getattr(table, "element", None)
