"""What a demo starts with: a person, a filled status page, a subscriber, a month that happened."""

import asyncio
from collections.abc import Sequence

from tocsin.app.compose import House
from tocsin.communication import statuspage
from tocsin.kernel.errors import Conflict
from tocsin.platform.database import Lane, ReadTx, Tx
from tocsin.registry import catalog, identity
from tocsin.registry.identity import Role

_WAIT_SECONDS = 20


async def seed(house: House, email: str, password: str, shown: Sequence[tuple[str, str]]) -> None:
    """Fill what is not there yet; running it again changes nothing."""
    database, context = house.platform.database, house.context
    hashed = identity.hash_password(password)

    def person(tx: Tx) -> None:
        if not identity.is_set_up(tx):
            identity.create_user(tx, email, "Demo operator", [Role.SUPER_ADMIN], hashed)

    await database.write(context, person)
    await _wait_for_services(house, [service for service, _ in shown])
    for service, group in shown:
        new = statuspage.NewComponent(service, group_name=group)
        try:
            await database.write_in(Lane.NORMAL, context, statuspage.add_component, "main", new)
        except Conflict:
            continue  # a second start: it stands there already


async def _wait_for_services(house: House, wanted: Sequence[str]) -> None:
    """The worker reads the registry file first."""

    def known(tx: ReadTx) -> set[str]:
        return {service.id for service in catalog.services(tx)}

    for _ in range(_WAIT_SECONDS * 5):
        if set(wanted) <= await house.platform.database.read(house.context, known):
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the demo's registry file was not loaded")
