"""SEED_DEMO_DATA: the demo's month of history for a database that nobody has used yet.

*Empty* is a database without a person, without an incident, and without a service other than those
of the registry file. Everything else is left alone, so the switch may stay on. The services of the
story check Tocsin's own `/healthz` from then on, and nobody is left who could be written to: no
subscriber, no channel. The operator gets a random password, printed once.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from tocsin.app.compose import compose, signals_room
from tocsin.app.demo.month import cursor
from tocsin.app.demo.past import live_through
from tocsin.app.demo.registry import drafts
from tocsin.app.demo.script import WHOLE
from tocsin.app.demo.sinks import sinks
from tocsin.kernel.clock import SystemClock
from tocsin.platform.database import ReadTx
from tocsin.platform.settings import Settings
from tocsin.registry import catalog, identity
from tocsin.response import incidents

OPERATOR = "demo@example.com"
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True)
class _Found:
    """Whether a month was begun and not told to its end, whether nobody has used the database, and
    what the story would declare."""

    begun: bool
    empty: bool
    services: Sequence[catalog.ServiceDraft]


async def seed_empty(
    settings: Settings,
    *,
    now: datetime | None = None,
    days: int = WHOLE,
    tell: Callable[[str], None] = click.echo,
) -> bool:
    """Fill an empty database, or go on where an earlier start was ended; tells whether it did."""
    quiet = settings.model_copy(
        update={
            "SLACK_WEBHOOK_URL": None,
            "POLLER_HEALTH_SLACK_WEBHOOK_URL": None,
            "ALERT_CONFIRM_THRESHOLD_POLLS": 2,
            "ALERT_RECOVERY_THRESHOLD_POLLS": 2,
            "ALERT_MIN_STATE_DURATION_SECONDS": 0,
        }
    )
    found = await _look(quiet)
    if not found.begun and not found.empty:
        return False
    password = secrets.token_urlsafe(12)
    if found.empty:
        tell(f"SEED_DEMO_DATA: log in as {OPERATOR} with the password {password}")
    await live_through(
        quiet,
        OPERATOR,
        password,
        now=now,
        days=days,
        tell=tell,
        services=found.services,
        recipients=False,
    )
    return True


def is_empty(tx: ReadTx) -> bool:
    """Whether nobody has used this tenant yet."""
    return (
        not identity.is_set_up(tx)
        and not identity.all_people(tx, limit=1)
        and not incidents.incidents(tx, incidents.IncidentFilter(), limit=1)
        and all(one.managed_by is catalog.ManagedBy.FILE for one in catalog.services(tx))
    )


async def _look(settings: Settings) -> _Found:
    house = compose(settings, SystemClock(), channels=sinks())
    try:
        context = await house.prepare()
        database = house.platform.database
        at = await database.read(context, cursor)
        empty = await database.read(context, is_empty)
        services = drafts(_own_health(settings), signals_room(house).kinds.check)
        return _Found(at is not None, empty, services)
    finally:
        house.platform.database.close()


def _own_health(settings: Settings) -> str:
    host = "127.0.0.1" if settings.HOST in _EVERYWHERE else settings.HOST
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}/healthz"
