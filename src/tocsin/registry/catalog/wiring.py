"""What the catalog hands to `compose`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.platform.database import Tx
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.identity import default_tenant_id

from . import verbs
from .ports import ServiceView, SourceKinds
from .registry_file import RegistryPlaces, RegistryReader, reload_job

if TYPE_CHECKING:
    from fastapi import APIRouter


__all__ = ["CatalogPorts", "RegistryPlaces", "wire"]


@dataclass(frozen=True, slots=True)
class CatalogPorts:
    """What the catalog needs from outside; without a `view` it shows what it knows itself.

    `say` takes words for the people at the terminal.
    """

    kinds: SourceKinds
    view: ServiceView | None = None
    places: RegistryPlaces = field(default_factory=RegistryPlaces)
    say: Callable[[str], None] = lambda _: None


def wire(ports: CatalogPorts) -> Wiring:
    """The catalog's wiring: it loads the registry file when a worker boots."""
    registry = RegistryReader(ports.places, ports.kinds)

    def routes() -> Sequence["APIRouter"]:
        from .api import ServiceRoutes
        from .views import OwnView

        return [ServiceRoutes(ports.kinds, ports.view or OwnView(), registry).router()]

    return Wiring(
        room="catalog",
        routes=routes,
        handlers=(reload_job(registry, ports.say),),
        at_start=(load_at_start,),
        tables=(
            TableEntry("services"),
            TableEntry("service_dependencies"),
            TableEntry("registry_readings"),
        ),
    )


def load_at_start(tx: Tx) -> None:
    """Have the registry file read once a worker is up; it describes the default tenant."""
    if tx.tenant == default_tenant_id(tx):
        verbs.request_reload(tx)
