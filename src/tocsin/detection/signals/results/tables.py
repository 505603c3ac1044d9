"""Tables of results. Hours are counted from 1970; the keys begin with time, so that what is written
together lies together, pages are full, and the oldest are purged from the front."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from tocsin.platform.database import Id, metadata, tenant_column


class Period(StrEnum):
    """What a roll-up covers, in UTC."""

    HOUR = "hour"
    DAY = "day"


check_results_minute = Table(
    "check_results_minute",
    metadata,
    Column("id", Id, primary_key=True),
    tenant_column(),
    Column("hour", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # a bundle
    Index("ix_check_results_minute_hour", "tenant_id", "hour"),
)

check_blocks = Table(
    "check_blocks",
    metadata,
    tenant_column(primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("source_id", Id, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

check_rollups = Table(
    "check_rollups",
    metadata,
    tenant_column(primary_key=True),
    Column("period", String(4), primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),  # the first of the period
    Column("source_id", Id, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
    Column("total_ms", BigInteger, nullable=False),
    Column("least_ms", Integer),
    Column("most_ms", Integer),
    Column("histogram", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
