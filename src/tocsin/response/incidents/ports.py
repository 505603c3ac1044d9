"""What incidents ask of rooms downstream; `compose` fills it in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from tocsin.platform.database import ReadTx


class Pages(Protocol):
    """What status pages know of where an update would show."""

    def default_pages(self, tx: ReadTx, service_ids: Collection[str]) -> list[str]:
        """Slugs of the pages that show one of these services, the default page for none of them.

        Private pages are left out: they are only written to when somebody names them.
        """
        ...

    def unknown_pages(self, tx: ReadTx, slugs: Collection[str]) -> list[str]:
        """Those of the slugs that are no page of the tenant."""
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """Who gets a public update: subscribers by mail, outgoing webhooks, chat channels."""

    pages: tuple[str, ...] = ()
    mail: int = 0
    webhooks: int = 0
    chat: int = 0


class Audience(Protocol):
    """What stakeholders and status pages know of who would hear of a public update."""

    def audience(self, tx: ReadTx, pages: Collection[str]) -> Reach:
        """Count who would get an update on these pages."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything the room asks of others."""

    pages: Pages
    audience: Audience
