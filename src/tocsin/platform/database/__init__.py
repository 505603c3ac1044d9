"""The database: one writer with group commit, readers, transactions that carry facts and work."""

from .database import Database, Desk
from .dialects import insert_or, machine_now
from .metadata import TENANT, metadata, tenant_column
from .tenancy import across_tenants
from .tx import Context, Lane, ReadTx, Recorder, Task, Tx
from .types import Id, Instant, Json

__all__ = [
    "TENANT",
    "Context",
    "Database",
    "Desk",
    "Id",
    "Instant",
    "Json",
    "Lane",
    "ReadTx",
    "Recorder",
    "Task",
    "Tx",
    "across_tenants",
    "insert_or",
    "machine_now",
    "metadata",
    "tenant_column",
]
