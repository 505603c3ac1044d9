"""Puts the platform together from rooms' wirings: one spine, used by the app and by tests alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import NotFound
from tocsin.platform.agenda import AgendaStore, Handler, Item, VerbJob
from tocsin.platform.database import Database, Tx
from tocsin.platform.delivery import DeliveryLedger
from tocsin.platform.journal import REACT, Reactions, Spine, entry
from tocsin.platform.wiring import Wiring


@dataclass(slots=True)
class Platform:
    """Database, agenda, ledger and reactions, bound to each other."""

    database: Database
    agenda: AgendaStore
    ledger: DeliveryLedger
    spine: Spine
    handlers: dict[str, Handler] = field(default_factory=dict)


def assemble(
    url: str,
    clock: Clock,
    wirings: Sequence[Wiring],
    *,
    rehearse: bool = False,
    durable: bool = True,
) -> Platform:
    """Build the platform; two rooms that claim one agenda kind raise ValueError.

    What is not `durable` survives the end of the process, but not that of the power.
    """
    agenda, ledger, reactions = AgendaStore(), DeliveryLedger(), Reactions()
    spine = Spine(agenda, ledger, reactions)
    handlers: dict[str, Handler] = {REACT: VerbJob(REACT, _react_with(reactions))}
    for wiring in wirings:
        for reaction in wiring.reactions:
            reactions.add(reaction)
        for handler in wiring.handlers:
            if handler.kind in handlers:
                raise ValueError(f"two rooms handle {handler.kind}")
            handlers[handler.kind] = handler
    database = Database(url, clock, spine, rehearse=rehearse, durable=durable)
    return Platform(database, agenda, ledger, spine, handlers)


def _react_with(reactions: Reactions) -> Callable[[Tx, Item], None]:
    def react(tx: Tx, item: Item) -> None:
        reaction = reactions.by_name.get(item.payload["reaction"])
        if reaction is None:
            raise NotFound(f"No reaction is called {item.payload['reaction']!r} any more.")
        cause = entry(tx, UUID(item.payload["entry"]))
        reaction.verb(tx.acting(actor=cause.actor), cause)

    return react
