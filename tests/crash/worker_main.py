"""A real worker process with short leases and one kind of work that leaves a trace outside."""

import asyncio
import os
from dataclasses import replace
from datetime import timedelta

from tocsin.adapters.email import MailChannel, read_sender, read_smtp_url
from tocsin.adapters.email.channel import LIMITS
from tocsin.app.compose import compose
from tocsin.app.schema import ensure_schema
from tocsin.app.worker import serve
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.agenda import Done, EdgeJob, Item
from tocsin.platform.database import Database, Tx
from tocsin.platform.observability import configure_logs
from tocsin.platform.settings import Settings, load_settings

LEASE = timedelta(seconds=2)
COUNT = "crash.count"
COUNTED = "crash.counted"
TRACES = "traces"


def main() -> None:
    """What `tocsin worker` does, with the production's concurrency and its own leases."""
    settings = load_settings()
    configure_logs(settings, "worker")
    ensure_schema(settings.database_url)
    house = compose(settings, SystemClock(), channels={"mail": impatient_mail(settings)})
    house.platform.handlers[COUNT] = EdgeJob(COUNT, Counting(settings))
    serve(house, LEASE)


def impatient_mail(settings: Settings) -> MailChannel:
    """The mail channel as in production, but for its lease."""
    assert settings.SMTP_URL is not None
    server = read_smtp_url(settings.SMTP_URL.get_secret_value())
    return MailChannel(server, read_sender(settings.MAIL_FROM), limits=replace(LIMITS, lease=LEASE))


class Counting:
    """Leaves a line in a file, which no rollback takes back, then a fact, which one would."""

    def __init__(self, settings: Settings) -> None:
        self._traces = settings.data_dir / TRACES

    async def __call__(self, _: Database, item: Item, done: Done) -> None:
        with self._traces.open("a") as traces:
            traces.write(f"{item.key} {os.getpid()}\n")
        await asyncio.sleep(0.15)
        await done(_note, item.key)


def _note(tx: Tx, key: str) -> None:
    tx.record(Fact(COUNTED, subject_of("crash", key)))


if __name__ == "__main__":
    main()
