"""Composing the house of the past month, and sending it on its walk."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import click

from tocsin.app.compose import House, compose, signals_room
from tocsin.app.demo.month import Cursor, Walk, bad_hours, begin, cursor
from tocsin.app.demo.registry import SHOWN
from tocsin.app.demo.script import WHOLE
from tocsin.app.demo.sinks import sinks
from tocsin.app.demo.stage import Props
from tocsin.app.ports import ShownOn
from tocsin.app.secret_key import secret_key
from tocsin.kernel.clock import ManualClock
from tocsin.platform.secrets import Secrets
from tocsin.platform.settings import Settings
from tocsin.registry import catalog, identity

_LONG_AGO = timedelta(days=366)
"""The house of the past is set up before any month that an ended start may have left behind."""


async def live_through(
    settings: Settings,
    email: str,
    password: str,
    *,
    now: datetime | None = None,
    days: int = WHOLE,
    tell: Callable[[str], None] = click.echo,
    stop_after: timedelta | None = None,
    services: Sequence[catalog.ServiceDraft] = (),
    recipients: bool = True,
) -> None:
    """Fill an empty house with a month that ends now, or go on where an earlier start was ended.

    A house that has had its month stays as it is. `stop_after` ends the walk early, as a kill does.
    `services` are declared where no registry file does it; without `recipients` nobody is left who
    could be written to.
    """
    end = now or datetime.now(UTC).replace(microsecond=0)
    clock = ManualClock(end - _LONG_AGO)
    house = compose(settings, clock, durable=False, is_demo=True, channels=sinks(bad_hours(clock)))
    try:
        await house.client.start()
        context = await house.prepare()
        database, hashed = house.platform.database, identity.hash_password(password)
        start = end - timedelta(days=days)
        await database.write(context, begin, email, hashed, start, end, services)
        if at := await database.read(context, cursor):
            props = _props(house, email, hashed, recipients)
            await _walk(house, clock, at, props, tell, stop_after)
    finally:
        await house.client.stop()
        database.close()


async def _walk(
    house: House,
    clock: ManualClock,
    at: Cursor,
    props: Props,
    tell: Callable[[str], None],
    stop_after: timedelta | None,
) -> None:
    clock.move_to(max(clock.now(), at.next_at - timedelta(minutes=1)))
    await house.wake_rooms()
    walk = Walk(house, clock, props, at)
    try:
        await walk.go(tell, at.start + stop_after if stop_after else None)
    finally:
        await walk.stop()


def _props(house: House, email: str, hashed: str, recipients: bool) -> Props:
    secrets = Secrets(secret_key(house.settings))
    return Props(
        signals_room(house), ShownOn(), house.links, secrets, SHOWN, email, hashed, recipients
    )
