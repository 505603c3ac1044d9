"""The house's care of its database, as agenda work of the default tenant: one process does it once."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import structlog

from tocsin.app import backups
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.agenda import Done, EdgeJob, Item, see_to
from tocsin.platform.database import (
    Damaged,
    Database,
    DatabaseBusy,
    Lane,
    Stop,
    Tx,
    checkpoint,
    is_sqlite,
    sqlite_path,
)
from tocsin.platform.settings import Settings
from tocsin.platform.wiring import Wiring
from tocsin.registry import identity

log = structlog.get_logger("tocsin.care")

BACKUP, CHECKPOINT = "database.backup", "database.checkpoint"
MADE, FAILED = "backup.made", "backup.failed"
SUBJECT = subject_of("backup", "daily")
AGAIN = timedelta(hours=1)
"""How long after a failed snapshot the next is tried."""
BUSY_TRIES, BUSY_PAUSE = 3, timedelta(minutes=5)
"""How often a log that somebody reads is tried, and how long between."""

R = TypeVar("R")


class Care:
    """Snapshots and checkpoints of a SQLite file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._every = timedelta(hours=settings.WAL_CHECKPOINT_INTERVAL_HOURS)

    @property
    def _path(self) -> Path:
        return sqlite_path(self._settings.database_url)

    async def back_up(self, database: Database, _: Item, done: Done) -> None:
        """Take the day's snapshot; one that fails is told, and tried again within the hour."""
        began = time.perf_counter()
        stop = Stop()
        try:
            now = database.clock.now()
            size = await _off_loop(stop, lambda: backups.take_daily(self._settings, now, stop))
        except (sqlite3.Error, OSError, Damaged) as error:
            log.exception("backup.failed")
            await done(self._note_failure, type(error).__name__)
            return
        if size:
            log.info("backup.made", bytes=size)
        await done(self._note_success, size, round(time.perf_counter() - began, 3))

    async def cut_log(self, database: Database, item: Item, done: Done) -> None:
        """Write the log back and cut it; a busy one is tried again a few times, then at the next
        time: who replicates the file (Litestream) keeps the log for itself, and cuts it, too."""
        tries = int(item.payload.get("tries", 0))
        try:
            await asyncio.to_thread(checkpoint, self._path)
        except DatabaseBusy:
            log.info("checkpoint.busy", tries=tries + 1)
            if tries + 1 < BUSY_TRIES:
                await done(self._cut_again, BUSY_PAUSE, tries + 1)
                return
        await done(self._cut_again, self._every, 0)

    def begin(self, tx: Tx) -> None:
        """See to both at a start; work that is due stays due."""
        if tx.tenant != identity.tenant_by_slug(tx, identity.DEFAULT_SLUG).id:
            return
        if not is_sqlite(self._settings.database_url):
            tx.after_commit(lambda: log.info("backup.not_ours", words=backups.USE_PG_DUMP))
            return
        at = backups.next_time(tx.now, self._settings.BACKUP_TIME_HOUR)
        see_to(tx, BACKUP, "daily", at, lane=Lane.BULK)
        see_to(tx, CHECKPOINT, "log", tx.now + self._every, lane=Lane.BULK)

    def _note_success(self, tx: Tx, size: int, seconds: float) -> None:
        if size:
            tx.record(Fact(MADE, SUBJECT, {"bytes": size, "seconds": seconds}))
        at = backups.next_time(tx.now, self._settings.BACKUP_TIME_HOUR)
        tx.schedule(BACKUP, "daily", at, lane=Lane.BULK)

    def _note_failure(self, tx: Tx, error: str) -> None:
        tx.record(Fact(FAILED, SUBJECT, {"error": error}))
        tx.schedule(BACKUP, "daily", tx.now + AGAIN, lane=Lane.BULK)

    def _cut_again(self, tx: Tx, after: timedelta, tries: int) -> None:
        tx.schedule(CHECKPOINT, "log", tx.now + after, {"tries": tries}, lane=Lane.BULK)


def wire_care(settings: Settings) -> Wiring:
    """Backups and checkpoints as the house runs them."""
    care = Care(settings)
    return Wiring(
        room="care",
        handlers=(
            EdgeJob(BACKUP, care.back_up),
            EdgeJob(CHECKPOINT, care.cut_log),
        ),
        at_start=(care.begin,),
    )


async def _off_loop(stop: Stop, action: Callable[[], R]) -> R:
    """Run in a thread, and where this is cancelled end the thread's work, too."""
    task = asyncio.create_task(asyncio.to_thread(action))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.ask()
        await asyncio.wait([task])
        raise
