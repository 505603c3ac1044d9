"""The worker role with three more kinds of work: bulk deliveries, a synthetic month, due items."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tocsin.app.compose import compose
from tocsin.app.schema import ensure_schema
from tocsin.app.secret_key import secret_key
from tocsin.app.worker import serve
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.severity import Severity
from tocsin.platform.agenda import Done, EdgeJob, Item, VerbJob
from tocsin.platform.database import Database, Lane, Tx
from tocsin.platform.delivery import Body, Message, Recipient
from tocsin.platform.observability import configure_logs
from tocsin.platform.secrets import Destination, Secrets
from tocsin.platform.settings import load_settings
from tocsin.response import incidents
from tocsin.response.incidents import IncidentDraft

DELIVERIES, MONTH, DUE = "benchmark.deliveries", "benchmark.month", "benchmark.due"
STARTED = "started"
PORTION = 200
A_MONTH = 1200
_A_DAY = 40
_A_UNIT = 5


@dataclass(frozen=True, slots=True)
class Entering:
    """A bulk chain that enters so many deliveries to as many recipients of one provider."""

    sealed: str

    def __call__(self, tx: Tx, item: Item) -> None:
        """Enter one portion, and plan the next."""
        at, count = int(item.payload["at"]), int(item.payload["count"])
        numbers = range(at, min(at + PORTION, count))
        tx.send_all(list(self._messages(item.key, numbers)))
        if numbers.stop < count:
            payload = {"at": numbers.stop, "count": count}
            tx.schedule(DELIVERIES, item.key, payload=payload, lane=Lane.BULK)

    def _messages(self, key: str, numbers: range) -> Iterator[Message]:
        body = Body({"type": "benchmark", "text": "Something happened. " * 20})
        for number in numbers:
            yield Message(
                channel="webhook",
                recipient=Recipient("benchmark", f"{key}-{number}", "127.0.0.1", "", self.sealed),
                body=body,
                key=f"{key}:{number}",
                cause=None,
                reason="takes part in a benchmark",
                purpose="webhook",
                thread=f"benchmark:{key}",
                lane=Lane.BULK,
            )


def write_month(tx: Tx, item: Item) -> None:
    """Open, acknowledge and resolve a few incidents of the past month, and plan the next few."""
    at = int(item.payload["at"])
    for number in range(at, at + _A_UNIT):
        began = tx.now - timedelta(days=30 - number // _A_DAY, minutes=number % _A_DAY)
        draft = IncidentDraft(f"Synthetic {number}", Severity.MEDIUM, started_at=began)
        made = incidents.open_incident(tx, draft)
        incidents.acknowledge(tx, made.id)
        incidents.resolve(tx, made.id, "It was over.")
    if at + _A_UNIT < A_MONTH:
        tx.schedule(MONTH, item.key, payload={"at": at + _A_UNIT}, lane=Lane.BULK)


@dataclass(frozen=True, slots=True)
class Due:
    """Notes how late a due item starts."""

    place: Path

    async def __call__(self, _: Database, item: Item, done: Done) -> None:
        late = (datetime.now(UTC) - item.planned_at).total_seconds() * 1000
        with self.place.open("a") as started:
            started.write(f"{late}\n")
        await done()


def main() -> None:
    """What `tocsin worker` does, and these."""
    settings = load_settings()
    configure_logs(settings, "worker")
    ensure_schema(settings.database_url)
    house = compose(settings, SystemClock())
    sealed = Destination(os.environ["PROVIDER"]).sealed(Secrets(secret_key(settings)))
    handlers = house.platform.handlers
    handlers[DELIVERIES] = VerbJob(DELIVERIES, Entering(sealed))
    handlers[MONTH] = VerbJob(MONTH, write_month)
    handlers[DUE] = EdgeJob(DUE, Due(settings.data_dir / STARTED))
    serve(house)


if __name__ == "__main__":
    main()
