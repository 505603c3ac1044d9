"""The database: one writer with group commit, readers, transactions that carry facts and work."""

from .care import Damaged, DatabaseBusy, Stop, check_file, checkpoint, snapshot, sync, wal_bytes
from .database import Database, Desk
from .dialects import insert_or, machine_now
from .engines import is_sqlite, normalise, once_engine, sqlite_path
from .filelock import Alone, FileLock
from .metadata import TENANT, metadata, tenant_column
from .tenancy import across_tenants
from .tx import Context, Lane, ReadTx, Recorder, Task, Tx
from .types import Id, Instant, Json, instant_of, stamp

__all__ = [
    "TENANT",
    "Alone",
    "Context",
    "Damaged",
    "Database",
    "DatabaseBusy",
    "Desk",
    "FileLock",
    "Id",
    "Instant",
    "Json",
    "Lane",
    "ReadTx",
    "Recorder",
    "Stop",
    "Task",
    "Tx",
    "across_tenants",
    "check_file",
    "checkpoint",
    "insert_or",
    "instant_of",
    "is_sqlite",
    "machine_now",
    "metadata",
    "normalise",
    "once_engine",
    "snapshot",
    "sqlite_path",
    "stamp",
    "sync",
    "tenant_column",
    "wal_bytes",
]
