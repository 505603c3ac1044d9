"""Small answers that a room needs of rooms further down the stream, filled in here."""

from collections.abc import Collection
from dataclasses import dataclass

from tocsin.communication import stakeholders, statuspage
from tocsin.communication.stakeholders import StakeholderSettings
from tocsin.platform.database import ReadTx
from tocsin.response.incidents.ports import Reach


class ShownOn:
    """Which pages show a service: the incidents' port `Pages`."""

    def default_pages(self, tx: ReadTx, service_ids: Collection[str]) -> list[str]:
        """Pages that show one of these services; the default page where none does."""
        showing = [page.slug for page in statuspage.pages_showing(tx, service_ids)]
        return showing or [page.slug for page in statuspage.pages(tx) if page.is_default]

    def unknown_pages(self, tx: ReadTx, slugs: Collection[str]) -> list[str]:
        """Those of the slugs that are no page of the tenant."""
        known = {page.slug for page in statuspage.pages(tx)}
        return [slug for slug in slugs if slug not in known]


@dataclass(frozen=True, slots=True)
class Audiences:
    """Who hears of a public update: the incidents' port `Audience`."""

    told: StakeholderSettings

    def audience(self, tx: ReadTx, pages: Collection[str]) -> Reach:
        """Count subscribers of these pages, and the channels that hear of every update."""
        shown = [page for page in statuspage.pages(tx) if page.slug in pages]
        mail = statuspage.active_count(tx, [page.id for page in shown])
        channels = stakeholders.reach(tx, self.told)
        return Reach(
            tuple(page.slug for page in shown),
            mail=mail + channels.mail,
            webhooks=channels.webhooks,
            chat=channels.chat,
        )
